package dev.perch.tsn.plan.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel prints, and IEEE gate lists. */
class JsonLintTest {
  static final Set<Remark> YANG_ONLY =
      Set.of(
          Remark.LIMIT_EXCEEDED,
          Remark.OFF_TICK,
          Remark.HOLD_WITHOUT_PREEMPTION,
          Remark.NOT_ENABLED);

  /** As iproute2 prints it. */
  private static final String DUMP =
      """
      [{"kind":"taprio","handle":"100:","dev":"e0","root":true,"refcnt":9,"options":{
        "tc":2,"map":[0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0],
        "queues":[{"offset":0,"count":1},{"offset":1,"count":1}],
        "clockid":"TAI","base_time":0,"cycle_time":1000000,"cycle_time_extension":0,
        "schedule":[{"index":0,"cmd":"S","gatemask":"0x2","interval":250000},
                    {"index":1,"cmd":"S","gatemask":"0x1","interval":750000}]}},
       {"kind":"etf","handle":"8001:","dev":"e0","parent":"100:1","options":{
        "clockid":"TAI","delta":100000,"offload":"off","deadline_mode":"off","skip_sock_check":"on"}}]
      """;

  private static final String PENDING =
      """
      [{"kind":"taprio","handle":"8001:","root":true,"refcnt":9,"options":{"tc":0,"clockid":"TAI",
        "base_time":0,"cycle_time":0,"cycle_time_extension":0,{"base_time":0,"cycle_time":20000000,
        "cycle_time_extension":0,"schedule":[]}}}]
      """;

  private static final String YANG =
      """
      {"ietf-interfaces:interfaces":{"interface":[{"name":"swp0",
        "ieee802-dot1q-bridge:bridge-port":{
          "ieee802-dot1q-sched-bridge:gate-parameter-table":{
            "gate-enabled":true,"admin-gate-states":255,
            "admin-control-list":{"gate-control-entry":[
              {"index":0,"operation-name":"ieee802-dot1q-sched:set-gate-states",
               "time-interval-value":250000,"gate-states-value":128},
              {"index":1,"operation-name":"ieee802-dot1q-sched:set-gate-states",
               "time-interval-value":750000,"gate-states-value":127}]},
            "admin-cycle-time":{"numerator":1,"denominator":1000},
            "admin-base-time":{"seconds":"0","nanoseconds":0},
            "config-change":true,"tick-granularity":10,
            "supported-list-max":64,"supported-interval-max":999999999}}}]}}
      """;

  private static final String OLD_DIALECT =
      """
      {"interfaces":{"interface":[{"name":"swp1","sched:gate-parameters":{
        "gate-enabled":true,"admin-control-list-length":3,
        "admin-control-list":[
          {"index":0,"operation-name":"set-gate-states",
           "sgs-params":{"gate-states-value":128,"time-interval-value":5000}},
          {"index":1,"operation-name":"set-gate-states",
           "sgs-params":{"gate-states-value":127,"time-interval-value":995000}}],
        "admin-cycle-time":{"numerator":1,"denominator":1000},"config-change":true}}]}}
      """;

  @Test
  void aGoodDumpHasNoFinding() {
    Lint.Report report = lint(DUMP);

    assertThat(report.schedules()).isEqualTo(1);
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void launchTimesOfADumpBelongToTheirPort() {
    Lint.Report report = lint(DUMP.replace("\"offload\":\"off\"", "\"offload\":\"on\""));

    assertThat(report.findings())
        .extracting(Finding::remark)
        .containsExactly(Remark.SOFTWARE_GATES_HARDWARE_LAUNCH);
    assertThat(report.findings().getFirst().place().at()).isEqualTo("/1/options");
  }

  @Test
  void theInvalidJsonOfAPendingScheduleIsExplained() {
    Lint.Report report = lint(PENDING);

    assertThat(report.schedules()).isZero();
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.found()).contains("while a schedule is pending");
              assertThat(finding.place().at()).startsWith("line 2");
            });
  }

  @Test
  void aGoodGateListHasOnlyTheNoteOnItsBaseTime() {
    Lint.Report report = lint(YANG);

    assertThat(report.schedules()).isEqualTo(1);
    assertThat(report.clean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LIST_TOO_LONG           | "supported-list-max":64           | "supported-list-max":1
          LIMIT_EXCEEDED          | "supported-interval-max":999999999 | "supported-interval-max":500000
          LIMIT_EXCEEDED          | "config-change":true              | "config-change":true,"supported-cycle-max":{"numerator":1,"denominator":2000}
          OFF_TICK                | "tick-granularity":10             | "tick-granularity":2001
          HOLD_WITHOUT_PREEMPTION | set-gate-states                   | set-and-hold-mac
          NOT_ENABLED             | "gate-enabled":true               | "gate-enabled":false
          NOT_ENABLED             | "config-change":true              | "config-change":false
          UNREADABLE              | "index":1                         | "index":0
          BASE_TIME_PAST          | "seconds":"0"                     | "seconds":"1700000000"
          CYCLE_CUTS_LIST         | "denominator":1000                | "denominator":2000
          """)
  void aMistakeInAGateListIsFound(Remark remark, String right, String wrong) {
    String text =
        YANG.replaceAll("\\s+", "")
            .replace("\"gate-enabled\"", "\"frame-preemption-enabled\":false,\"gate-enabled\"");
    assertThat(text).contains(right);

    Lint.Report report = lint(text.replace(right, wrong));

    assertThat(report.findings()).extracting(Finding::remark).contains(remark);
    assertThat(report.findings()).allMatch(finding -> finding.place().port().equals("swp0"));
  }

  @Test
  void theOlderDialectIsRead() {
    Lint.Report report = lint(OLD_DIALECT);

    assertThat(report.findings())
        .extracting(Finding::remark)
        .contains(Remark.WINDOW_TOO_SHORT, Remark.UNREADABLE);
  }

  @Test
  void jsonWithoutAScheduleIsSaid() {
    assertThat(lint("{}").findings())
        .extracting(Finding::remark)
        .containsExactly(Remark.UNREADABLE);
  }

  private static Lint.Report lint(String text) {
    return new Lint(new Surroundings(1000, 1522, 1522, null, 1_800_000_000_000_000_000L))
        .read("file", text)
        .judge();
  }
}
