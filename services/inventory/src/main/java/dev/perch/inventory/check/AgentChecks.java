package dev.perch.inventory.check;

import dev.perch.inventory.check.Check.Finding;
import dev.perch.inventory.check.Subject.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who speaks for the host. */
final class AgentChecks {
  static final Check ENROLLED =
      Check.strict(
          "agent.enrolled",
          "/agent",
          "Make a token and enrol the host's agent: POST /v1/enrolment-tokens.",
          subject -> Finding.of(subject.agent() != null, null));

  static final Check ONLINE =
      Check.strict(
          "agent.online",
          "/state/availability",
          "See that the machine runs, that perch-agent runs on it, and that it reaches Perch.",
          subject ->
              Finding.of(
                  subject.life().isAvailable() && Subject.isPresent(subject.session()),
                  subject.host().state().availability()));

  static final Check SUPPORTED =
      Check.strict(
          "agent.supported",
          "/agent",
          "Upgrade the agent: it speaks a protocol version that is no longer supported.",
          subject -> Finding.of(subject.agent() == null || !subject.agent().outdated(), null));

  static final Check ALONE =
      Check.strict(
          "agent.alone",
          "/agent",
          "Two machines take turns with this identity: revoke the key and enrol the rightful one.",
          subject ->
              Finding.of(
                  subject.session() == null || subject.session().duplicateAt() == null,
                  address(subject.session())));

  static final List<Check> ALL = List.of(ENROLLED, ONLINE, SUPPORTED, ALONE);

  private AgentChecks() {}

  private static @Nullable String address(@Nullable Session session) {
    return session == null ? null : session.address();
  }
}
