package dev.perch.tsn.plan.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CSV file with a header: its rows, by column. */
final class CsvTable {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  private final String file;
  private final Faults faults;

  CsvTable(String file, Faults faults) {
    this.file = file;
    this.faults = faults;
  }

  /** One row; reading a cell that is wrong makes a fault. */
  final class Row {
    private final int line;
    private final Map<String, String> cells;

    private Row(int line, Map<String, String> cells) {
      this.line = line;
      this.cells = cells;
    }

    int line() {
      return line;
    }

    String text(String column) {
      String text = cells.getOrDefault(column, "");
      if (text.isEmpty()) {
        fault(column, "nothing", "write a value");
      }
      return text;
    }

    /** A whole number; also written {@code 500000.0}, as data frames do. */
    long integer(String column, long least) {
      String text = text(column);
      OptionalLong value = toLong(text);
      if (value.isEmpty() || value.getAsLong() < least) {
        if (!text.isEmpty()) {
          fault(column, text, "write a whole number from " + least);
        }
        return least;
      }
      return value.getAsLong();
    }

    double decimal(String column) {
      String text = text(column);
      OptionalDouble value = toDouble(text);
      if (value.isEmpty() || !(value.getAsDouble() > 0)) {
        if (!text.isEmpty()) {
          fault(column, text, "write a number above 0");
        }
        return 1;
      }
      return value.getAsDouble();
    }

    /** The numbers of a list or pair: {@code 15}, {@code "[15, 17]"}, {@code "(0, 1)"}. */
    List<String> numbers(String column) {
      String text = text(column);
      List<String> numbers = new ArrayList<>();
      if (text.matches("[\\[(]?\\s*-?\\d+(\\s*,\\s*-?\\d+)*\\s*,?\\s*[\\])]?")) {
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
          numbers.add(matcher.group());
        }
      } else if (!text.isEmpty()) {
        fault(column, text, "write numbers with commas between, in brackets");
      }
      return numbers;
    }

    void fault(String column, String found, String remedy) {
      faults.add(file, line, column, found, remedy);
    }
  }

  /** All rows; none if the file cannot be read or lacks a column. */
  List<Row> read(Path path, List<String> columns) {
    List<Row> rows = new ArrayList<>();
    int before = faults.count();
    String text = TextFile.read(path, faults);
    if (faults.count() > before) {
      return rows;
    }
    try (MappingIterator<String[]> lines =
        CSV.readerFor(String[].class).with(CsvSchema.emptySchema()).readValues(text)) {
      Map<String, Integer> header = new HashMap<>();
      boolean first = true;
      while (lines.hasNextValue()) {
        int line = lines.getCurrentLocation().getLineNr();
        String[] cells = lines.nextValue();
        if (first) {
          first = false;
          if (!readHeader(cells, columns, header)) {
            return List.of();
          }
        } else {
          rows.add(row(line, cells, header));
        }
      }
      if (first) {
        faults.add(file, 0, "header", "an empty file", "write " + String.join(",", columns));
      }
    } catch (JsonProcessingException e) {
      faults.add(
          file, e.getLocation().getLineNr(), "line", e.getOriginalMessage(), "correct the CSV");
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory", e);
    }
    return rows;
  }

  private boolean readHeader(String[] cells, List<String> columns, Map<String, Integer> header) {
    for (int i = 0; i < cells.length; i++) {
      header.putIfAbsent(cells[i].strip(), i);
    }
    boolean complete = true;
    for (String column : columns) {
      if (!header.containsKey(column)) {
        complete = false;
        faults.add(
            file, 1, column, "no such column", "write the header " + String.join(",", columns));
      }
    }
    return complete;
  }

  private Row row(int line, String[] cells, Map<String, Integer> header) {
    Map<String, String> byName = new HashMap<>();
    header.forEach(
        (name, column) -> byName.put(name, column < cells.length ? cells[column].strip() : ""));
    return new Row(line, byName);
  }

  private static OptionalLong toLong(String text) {
    try {
      return OptionalLong.of(new BigDecimal(text.length() > 25 ? "" : text).longValueExact());
    } catch (NumberFormatException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalDouble toDouble(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
