package dev.perch.kit.web.page;

import java.util.ArrayList;
import java.util.List;

/** The conditions of a query and their parameters, in step. */
public final class Where {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  /**
   * Adds a condition.
   *
   * @param sql of the program's own text, never of the caller's; each {@code ?} takes one parameter
   */
  public Where and(String sql, Object... values) {
    StringBuilder numbered = new StringBuilder();
    int used = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      numbered.append(c);
      if (c == '?') {
        parameters.add(values[used++]);
        numbered.append(parameters.size());
      }
    }
    if (used != values.length) {
      throw new IllegalArgumentException("Not as many parameters as marks: " + sql);
    }
    conditions.add(numbered.toString());
    return this;
  }

  /** {@code " where …"} with marks {@code ?1}, {@code ?2} …, or nothing. */
  public String sql() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /** Parameter {@code n} belongs to mark {@code ?n+1}. */
  public List<Object> parameters() {
    return List.copyOf(parameters);
  }
}
