package dev.perch.tsn.plan.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** tc command lines. */
class TcLintTest {
  private static final long NOW = 1_800_000_000_000_000_000L;

  private static final String MAP = "num_tc 2 map 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 queues 1@0 1@1 ";
  private static final String GOOD =
      "tc qdisc replace dev e0 parent root handle 100 taprio "
          + MAP
          + "base-time 0 sched-entry S 2 250000 sched-entry S 1 750000 clockid CLOCK_TAI";
  private static final String ASSIST =
      GOOD.replace("clockid", "flags 0x1 txtime-delay 200000 clockid");
  private static final String ETF =
      "\ntc qdisc replace dev e0 parent 100:1 etf skip_sock_check clockid CLOCK_TAI delta 100000";

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(Remark.UNREADABLE, GOOD.replace("S 2", "X 2")),
        arguments(Remark.UNREADABLE, GOOD.replace("S 2 250000", "S zz 250000")),
        arguments(Remark.UNREADABLE, GOOD.replace("base-time", "start-time")),
        arguments(Remark.UNMAPPED_CLASS, GOOD.replace("num_tc 2 map 0 1", "num_tc 2 map 0 0")),
        arguments(Remark.UNMAPPED_CLASS, GOOD.replace("map 0 1", "map 0 5")),
        arguments(Remark.UNMAPPED_CLASS, GOOD.replace("1@0 1@1", "1@0")),
        arguments(Remark.UNMAPPED_CLASS, GOOD.replace(MAP, "")),
        arguments(Remark.CLASS_NEVER_OPENS, GOOD.replace("S 2", "S 1")),
        arguments(Remark.GATE_NOBODY_CAN_USE, GOOD.replace("S 2", "S 80")),
        arguments(
            Remark.DEAD_TIME, GOOD.replace("S 1 750000", "S 1 650000 sched-entry S 0 100000")),
        arguments(Remark.WINDOW_TOO_SHORT, GOOD.replace("250000", "10000")),
        arguments(Remark.WINDOW_TOO_SHORT, GOOD.replace("250000", "20000")),
        arguments(Remark.INTERVAL_TOO_SHORT, GOOD.replace("250000", "10")),
        arguments(Remark.CYCLE_CUTS_LIST, GOOD.replace("base-time", "cycle-time 900000 base-time")),
        arguments(
            Remark.CYCLE_CUTS_LIST, GOOD.replace("base-time", "cycle-time 2000000 base-time")),
        arguments(Remark.CYCLE_MISMATCH, GOOD.replace("750000", "850000")),
        arguments(Remark.CYCLE_MISMATCH, GOOD.replace("750000", "3750000")),
        arguments(
            Remark.BASE_TIME_PAST, GOOD.replace("base-time 0", "base-time 1528743495910289987")),
        arguments(
            Remark.BASE_TIME_LITERAL, GOOD.replace("base-time 0", "base-time 1900000000000000000")),
        arguments(
            Remark.BASE_TIME_PHASE, GOOD.replace("base-time 0", "base-time 1528743495910289987")),
        arguments(Remark.MIXED_CLOCKS, GOOD.replace("CLOCK_TAI", "CLOCK_REALTIME")),
        arguments(Remark.MIXED_CLOCKS, ASSIST + ETF.replace("CLOCK_TAI", "CLOCK_MONOTONIC")),
        arguments(
            Remark.MIXED_CLOCKS,
            GOOD.replace("base-time 0", "base-time $(( $(date +%s%N) + 37000000000 ))")),
        arguments(Remark.MIXED_CLOCKS, GOOD + " flags 0x2"),
        arguments(Remark.CLOCK_MISSING, GOOD.replace(" clockid CLOCK_TAI", "")),
        arguments(
            Remark.TXTIME_BEYOND_CYCLE,
            ASSIST.replace("txtime-delay 200000", "txtime-delay 1500000") + ETF),
        arguments(Remark.TXTIME_BEYOND_CYCLE, GOOD + ETF.replace("delta 100000", "delta 1100000")),
        arguments(
            Remark.TXTIME_DELAY_BELOW_DELTA, ASSIST + ETF.replace("delta 100000", "delta 300000")),
        arguments(Remark.SOFTWARE_GATES_HARDWARE_LAUNCH, GOOD + ETF + " offload"),
        arguments(Remark.ASSIST_WITHOUT_LAUNCH, ASSIST),
        arguments(Remark.LIST_TRUNCATED, entries(33)),
        arguments(Remark.LIST_LOST_IN_DUMP, entries(600)),
        arguments(Remark.LIST_TOO_LONG, entries(2400)),
        arguments(Remark.CHANGE_REFUSED, GOOD + "\n" + GOOD.replace("map 0 1", "map 1 0")),
        arguments(
            Remark.CHANGE_REFUSED, GOOD + " && " + GOOD.replace("CLOCK_TAI", "CLOCK_MONOTONIC")),
        arguments(
            Remark.PENDING_OVERWRITTEN, (GOOD + ";" + GOOD).replace("base-time 0", "base-time $T")),
        arguments(Remark.QUEUES_OVERLAP, GOOD.replace("1@0 1@1", "2@0 1@1")),
        arguments(Remark.TOOL_TOO_OLD, GOOD + " max-sdu 0 300"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsFoundWithClauseAndRemedy(Remark remark, String script) {
    Lint.Report report = lint(script);

    assertThat(report.findings())
        .filteredOn(finding -> finding.remark() == remark)
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.place().toString()).matches("script: line [12].*: e0");
              assertThat(finding.remark().clause()).isNotBlank();
              assertThat(finding.remedy()).isNotBlank();
            });
  }

  @Test
  void aGoodScheduleHasNoFinding() {
    Lint.Report report = lint(GOOD.replace("base-time 0", "base-time $START"));

    assertThat(report.schedules()).isEqualTo(1);
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void aGoodScheduleWithLaunchTimesHasNoFinding() {
    Lint.Report report = lint(ASSIST.replace("base-time 0", "base-time $START") + ETF);

    assertThat(report.findings()).isEmpty();
  }

  @Test
  void baseTimeZeroIsOnlyANote() {
    Lint.Report report = lint(GOOD);

    assertThat(report.clean()).isTrue();
    assertThat(report.findings())
        .extracting(Finding::remark, Finding::severity)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(Remark.BASE_TIME_LITERAL, Severity.NOTE));
  }

  @Test
  void aMappingMayChangeAfterTheQdiscIsDeleted() {
    Lint.Report report =
        lint(GOOD + "\ntc qdisc del dev e0 root\n" + GOOD.replace("map 0 1", "map 1 0"));

    assertThat(report.findings()).extracting(Finding::remark).doesNotContain(Remark.CHANGE_REFUSED);
  }

  @Test
  void aLaterReplaceMayLeaveTheMappingOut() {
    Lint.Report report = lint(GOOD + "\n" + GOOD.replace(MAP, ""));

    assertThat(report.schedules()).isEqualTo(2);
    assertThat(report.clean()).isTrue();
  }

  @Test
  void scriptsAreReadAsShellsReadThem() {
    String script =
        """
        #!/bin/sh
        IF=e0   # the port
        sudo tc qdisc replace dev "e0" parent root handle 100 \\
          taprio num_tc 2 map 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 \\
          queues 1@0 1@1 base-time $(( ($(now) / 1000000 + 2) * 1000000 )) \\
          sched-entry S 2 250000 sched-entry S 1 10000 clockid CLOCK_TAI
        """;

    Lint.Report report = lint(script);

    assertThat(report.schedules()).isEqualTo(1);
    assertThat(report.findings())
        .filteredOn(finding -> finding.remark() == Remark.WINDOW_TOO_SHORT)
        .extracting(finding -> finding.place().at())
        .containsExactly("line 3, sched-entry 1");
  }

  @Test
  void portsThatFollowDifferentClocksAreFound() {
    String other = GOOD.replace("e0", "e1").replace("CLOCK_TAI", "CLOCK_MONOTONIC");

    Lint.Report report = lint(GOOD + "\n" + other);

    assertThat(report.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.remark()).isEqualTo(Remark.MIXED_CLOCKS);
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            });
  }

  private static String entries(int count) {
    String list =
        IntStream.range(0, count)
            .mapToObj(i -> "sched-entry S " + (i % 2 + 1) + " 50000 ")
            .collect(Collectors.joining());
    return GOOD.replace("sched-entry S 2 250000 sched-entry S 1 750000 ", list);
  }

  private static Lint.Report lint(String script) {
    return new Lint(new Surroundings(1000, 1522, 1522, 1_000_000L, NOW))
        .read("script", script)
        .judge();
  }

  @Test
  void everyRemarkOfTcIsTried() {
    List<Object> tried = mistakes().map(arguments -> arguments.get()[0]).distinct().toList();

    assertThat(tried)
        .containsAll(
            Stream.of(Remark.values())
                .filter(remark -> !JsonLintTest.YANG_ONLY.contains(remark))
                .toList());
  }
}
