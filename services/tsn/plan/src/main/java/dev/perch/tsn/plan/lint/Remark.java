package dev.perch.tsn.plan.lint;

import java.util.Locale;

/** What lint looks for. Clauses without a document are those of IEEE 802.1Q-2022. */
public enum Remark {
  UNREADABLE("RFC 7951, tc-taprio(8)"),
  UNMAPPED_CLASS("8.6.6"),
  CLASS_NEVER_OPENS("8.6.8.4"),
  GATE_NOBODY_CAN_USE("8.6.8.4"),
  DEAD_TIME("8.6.9.2"),
  WINDOW_TOO_SHORT("8.6.8.4"),
  CYCLE_CUTS_LIST("8.6.9.1"),
  CYCLE_MISMATCH("8.6.9.4.3"),
  INTERVAL_TOO_SHORT("8.6.8.4"),
  BASE_TIME_PAST("8.6.9.3.1"),
  BASE_TIME_LITERAL("8.6.9.4.1"),
  BASE_TIME_PHASE("8.6.9.4.1"),
  MIXED_CLOCKS("IEEE 802.1AS-2020, 8.2"),
  CLOCK_MISSING("tc-taprio(8), clockid"),
  TXTIME_BEYOND_CYCLE("tc-etf(8), delta; tc-taprio(8), txtime-delay"),
  TXTIME_DELAY_BELOW_DELTA("tc-taprio(8), txtime-delay"),
  SOFTWARE_GATES_HARDWARE_LAUNCH("tc-etf(8), offload; 8.6.8.4"),
  ASSIST_WITHOUT_LAUNCH("tc-taprio(8), flags"),
  LIST_TRUNCATED("iproute2 q_taprio.c: attributes of 1,024 bytes; 8.6.9.4.2"),
  LIST_LOST_IN_DUMP("linux sch_taprio.c: dump; 12.29.1"),
  LIST_TOO_LONG("12.29.1.5"),
  CHANGE_REFUSED("linux sch_taprio.c: traffic mapping and clockid of a running schedule"),
  PENDING_OVERWRITTEN("8.6.9.3"),
  QUEUES_OVERLAP("linux sch_taprio.c: traffic class to queue mapping"),
  TOOL_TOO_OLD("tc-taprio(8)"),
  LIMIT_EXCEEDED("12.29.1"),
  OFF_TICK("12.29.1"),
  HOLD_WITHOUT_PREEMPTION("8.6.8.4, Table 8-7"),
  NOT_ENABLED("8.6.9.4.14");

  private final String clause;

  Remark(String clause) {
    this.clause = clause;
  }

  /** Where the rule is written. */
  public String clause() {
    return clause;
  }

  /** {@code window-too-short}: stable, for programs. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
