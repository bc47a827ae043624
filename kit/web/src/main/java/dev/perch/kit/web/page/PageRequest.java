package dev.perch.kit.web.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Which page of a list is asked for.
 *
 * @param limit how many items at most
 * @param after the keyset of the last item of the page before, as its {@link Key}s read it; empty
 *     for the first page
 * @param scope ties a cursor to the filters and the order it was made with
 */
public record PageRequest(int limit, List<Object> after, String scope) {
  static final int MOST = 1000;
  static final long USUAL = 100;

  public PageRequest {
    after = List.copyOf(after);
  }

  public boolean isFirst() {
    return after.isEmpty();
  }

  /** A value of the keyset of the last item of the page before. */
  public <T> T after(int key, Class<T> type) {
    return type.cast(after.get(key));
  }

  /** How many rows to read: one more than asked tells whether there is a next page. */
  public int fetch() {
    return limit + 1;
  }

  /**
   * @param rows at most {@link #fetch()} rows in the order of the keyset
   * @param keyset the values that place a row in that order, the last one unique
   */
  public <R, T> Page<T> of(List<R> rows, Function<R, List<String>> keyset, Function<R, T> item) {
    List<R> shown = rows.subList(0, Math.min(limit, rows.size()));
    List<T> items = new ArrayList<>(shown.size());
    shown.forEach(row -> items.add(item.apply(row)));
    String next = rows.size() > limit ? Cursors.write(scope, keyset.apply(shown.getLast())) : null;
    return new Page<>(items, next);
  }
}
