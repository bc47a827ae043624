package dev.perch.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A list, page after page.
 *
 * @param watchFrom where to watch from, so that nothing after the list is missed; empty if the
 *     service has not seen its topic yet
 */
public record Pages(List<JsonNode> items, String watchFrom) {
  private static final int LARGEST_PAGE = 1000;

  public Pages {
    items = List.copyOf(items);
  }

  /**
   * @param most how many at most
   */
  public static Pages read(Rest rest, Call call, int most)
      throws Failure, IOException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    Call next = call;
    String watchFrom = "";
    while (true) {
      Answer page = rest.send(next.with("limit", Math.min(LARGEST_PAGE, most - items.size())));
      page.body().path("items").forEach(items::add);
      watchFrom = watchFrom.isEmpty() ? page.header("Perch-Watch-Cursor") : watchFrom;
      String cursor = page.body().path("next").asText("");
      if (cursor.isEmpty() || items.size() >= most) {
        return new Pages(items, watchFrom);
      }
      next = call.with("cursor", cursor);
    }
  }
}
