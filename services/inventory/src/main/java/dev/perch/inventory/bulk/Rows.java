package dev.perch.inventory.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.perch.contract.Json;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows of hosts, as a file has them: in JSON an array of objects, in CSV (RFC 4180) a header and
 * one line each, labels as {@code rack=7;zone=a}.
 */
final class Rows {
  static final int MOST = 50_000;

  private static final CsvMapper CSV =
      CsvMapper.csvBuilder().enable(CsvParser.Feature.TRIM_SPACES).build();

  private Rows() {}

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Invalid} if it is no such file
   */
  static List<JsonNode> ofJson(byte[] file) {
    try {
      JsonNode all = Json.MAPPER.readTree(file);
      if (all == null || !all.isArray()) {
        throw malformed("Send an array of objects.");
      }
      List<JsonNode> rows = new ArrayList<>();
      all.forEach(rows::add);
      return bounded(rows);
    } catch (JsonProcessingException e) {
      throw malformed("Send well-formed JSON; reading failed at line " + line(e) + ".");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Invalid} if it is no such file
   */
  static List<JsonNode> ofCsv(byte[] file) {
    List<JsonNode> rows = new ArrayList<>();
    try (MappingIterator<Map<String, String>> lines =
        CSV.readerFor(new TypeReference<Map<String, String>>() {})
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file)) {
      while (lines.hasNext()) {
        rows.add(row(lines.next()));
      }
    } catch (JsonProcessingException e) {
      throw malformed("Send well-formed CSV; reading failed at line " + line(e) + ".");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      // The iterator wraps what the parser says.
      throw e.getCause() instanceof JsonProcessingException wrong
          ? malformed("Send well-formed CSV; reading failed at line " + line(wrong) + ".")
          : e;
    }
    return bounded(rows);
  }

  private static ObjectNode row(Map<String, String> cells) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    cells.forEach(
        (column, cell) -> {
          if (cell == null || cell.isEmpty()) {
            return;
          }
          switch (column) {
            case "labels" -> row.set(column, labels(cell));
            case "bmc" -> row.putObject(column).put("address", cell);
            default -> row.put(column, cell);
          }
        });
    return row;
  }

  /** A label without a sign of equality is one without a value. */
  private static ObjectNode labels(String cell) {
    ObjectNode labels = JsonNodeFactory.instance.objectNode();
    for (String label : cell.split(";", -1)) {
      int equals = label.indexOf('=');
      String key = equals < 0 ? label : label.substring(0, equals);
      labels.put(key.strip(), equals < 0 ? "" : label.substring(equals + 1).strip());
    }
    return labels;
  }

  private static List<JsonNode> bounded(List<JsonNode> rows) {
    if (rows.size() > MOST) {
      throw new Problem.TooLarge("Send at most " + MOST + " rows at once.").asException();
    }
    return rows;
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static RuntimeException malformed(String remedy) {
    return new Problem.Invalid(List.of(new Violation("body.malformed", "", null, remedy)))
        .asException();
  }
}
