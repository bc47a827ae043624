package dev.perch.tsn.plan.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges schedules that somebody wrote: tc command lines (scripts with other commands between),
 * {@code tc -j qdisc show}, IEEE gate lists in JSON. Nothing is run or changed.
 */
public final class Lint {
  private static final List<Rule> RULES =
      List.of(
          new GateRules(),
          new WindowRules(),
          new TimeRules(),
          new LaunchRules(),
          new KernelRules());
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Surroundings surroundings;
  private final List<Finding> findings = new ArrayList<>();
  private final List<PortSchedule> ports = new ArrayList<>();

  public Lint(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * What was seen.
   *
   * @param schedules how many were read; 0 means that there was nothing to judge
   * @param findings by place
   */
  public record Report(int schedules, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }

    /** Whether anything has to change. */
    public boolean clean() {
      return findings.stream().allMatch(f -> f.severity() == Severity.NOTE);
    }
  }

  /**
   * Adds a file; its kind is told from its text.
   *
   * @param source its name in findings
   */
  public Lint read(String source, String text) {
    String begin = text.stripLeading();
    if (begin.startsWith("[") || begin.startsWith("{")) {
      readJson(source, text);
    } else {
      ports.addAll(new TcScript(source, surroundings, findings::add).read(text));
    }
    return this;
  }

  /** Judges all that was read, each port alone and then all beside each other. */
  public Report judge() {
    List<Finding> all = new ArrayList<>(findings);
    for (PortSchedule port : ports) {
      for (Rule rule : RULES) {
        rule.look(port, surroundings, all::add);
      }
    }
    Neighbours.look(ports, all::add);
    return new Report(ports.size(), all);
  }

  private void readJson(String source, String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      findings.add(notJson(source, text, e));
      return;
    }
    List<PortSchedule> read =
        root.isArray()
            ? new KernelDump(source).read(root)
            : new YangGates(source, findings::add).read(root);
    if (read.isEmpty()) {
      findings.add(
          Finding.error(
              Remark.UNREADABLE,
              new Place(source, "/", ""),
              "no taprio qdisc and no gate-parameter-table",
              "Give the output of tc -j qdisc show, or ietf-interfaces in JSON (RFC 7951)."));
    }
    ports.addAll(read);
  }

  private static Finding notJson(String source, String text, JsonProcessingException e) {
    var location = e.getLocation();
    Place place =
        new Place(
            source, "line " + location.getLineNr() + ", column " + location.getColumnNr(), "");
    boolean pending = text.contains("\"taprio\"") && text.contains("\"cycle_time_extension\"");
    return Finding.error(
        Remark.UNREADABLE,
        place,
        "not JSON: "
            + e.getOriginalMessage()
            + (pending ? " (tc before 6.5 prints this while a schedule is pending)" : ""),
        pending
            ? "Use iproute2 6.5 or newer, or ask again once the schedule is in force."
            : "Correct the JSON.");
  }
}
