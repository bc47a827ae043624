package dev.perch.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Table TABLE =
      Table.of(
          Column.of("NAME", "/name"),
          Column.labels("LABELS", "/labels"),
          Column.word("STATE", "/state"));

  private static JsonNode host(String name, String rack) {
    var host = Json.MAPPER.createObjectNode().put("name", name).put("state", "SHUTTING_DOWN");
    host.putObject("labels").put("rack", rack).put("zone", "x");
    return host;
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    assertThat(TABLE.lines(List.of(host("edge-1", "a"), host("e", "b")), Integer.MAX_VALUE))
        .containsExactly(
            "NAME    LABELS         STATE",
            "edge-1  rack=a,zone=x  shutting-down",
            "e       rack=b,zone=x  shutting-down");
  }

  @Test
  void theWidestColumnsAreCutUntilTheTerminalHoldsThem() {
    List<String> lines = TABLE.lines(List.of(host("edge-1", "a-very-long-rack-name")), 36);

    assertThat(lines).allMatch(line -> line.length() <= 36);
    assertThat(lines.getLast()).startsWith("edge-1  rack=").contains("…").contains("shutting-");
  }

  @Test
  void anIdBesideANameIsLeftOutBeforeAnythingIsCut() {
    Table table = Table.of(Column.of("NAME", "/name"), Column.id("ID", "/state"));

    assertThat(table.lines(List.of(host("edge-1", "a")), 21))
        .containsExactly("NAME    ID", "edge-1  SHUTTING_DOWN");
    assertThat(table.lines(List.of(host("edge-1", "a")), 20)).containsExactly("NAME", "edge-1");
  }

  @Test
  void aCellFromOutsideCannotOpenALineOrMoveTheCursor() {
    List<String> lines = TABLE.lines(List.of(host("a\nb\u001b[2J", "x")), Integer.MAX_VALUE);

    assertThat(lines).hasSize(2);
    assertThat(lines.getLast()).startsWith("a b [2J ").doesNotContain("\u001b");
  }

  @Test
  void oneResourceIsALineForEachValue() {
    assertThat(Details.lines(host("edge-1", "a")))
        .containsExactly(
            "name         edge-1",
            "state        SHUTTING_DOWN",
            "labels.rack  a",
            "labels.zone  x");
  }
}
