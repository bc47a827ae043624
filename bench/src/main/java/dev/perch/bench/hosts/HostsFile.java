package dev.perch.bench.hosts;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file of hosts of one site in which every hundredth row is bad, each in another way.
 *
 * @param rows how many, without the header
 */
record HostsFile(String site, int rows) {
  private static final int BAD_EVERY = 100;
  private static final String HEADER = "site,name,personality,labels,bmc";

  /** Hosts in one rack, which is how many a label finds. */
  static final int IN_RACK = 40;

  String withBadRows() {
    return csv(IntStream.rangeClosed(1, rows).mapToObj(row -> isBad(row) ? bad(row) : good(row)));
  }

  String mended() {
    return csv(IntStream.rangeClosed(1, rows).mapToObj(this::good));
  }

  /** The numbers of the bad rows, as a report of the import gives them. */
  List<Integer> bad() {
    return IntStream.rangeClosed(1, rows).filter(HostsFile::isBad).boxed().toList();
  }

  static String rack(int number) {
    return "r-" + number;
  }

  private static boolean isBad(int row) {
    return row % BAD_EVERY == 0;
  }

  private String good(int row) {
    return row(site, name(row), "WORKER", row);
  }

  private String bad(int row) {
    return switch (row / BAD_EVERY % 3) {
      case 0 -> row("nowhere", name(row), "WORKER", row);
      case 1 -> row(site, "Not_A_Name", "WORKER", row);
      default -> row(site, name(row), "DRIVER", row);
    };
  }

  private static String name(int row) {
    return "edge-%05d".formatted(row);
  }

  private static String row(String site, String name, String personality, int row) {
    return String.join(
        ",",
        site,
        name,
        personality,
        "rack=" + rack(row / IN_RACK) + ";zone=z-" + row % 3,
        "https://192.0.2." + row % 250);
  }

  private static String csv(Stream<String> rows) {
    return Stream.concat(Stream.of(HEADER), rows).collect(Collectors.joining("\n", "", "\n"));
  }
}
