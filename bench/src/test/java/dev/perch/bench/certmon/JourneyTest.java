package dev.perch.bench.certmon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.bench.stack.Witness.Sight;
import dev.perch.contract.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is measured is the way of one revision; those before it went the same way. */
class JourneyTest {
  private final List<Sight> versions = new ArrayList<>();
  private final List<Sight> documents = new ArrayList<>();
  private final List<Sight> reports = new ArrayList<>();

  @Test
  void eachStepIsThatOfTheRevision() {
    travel(1, 100);
    travel(2, 200);

    assertThat(Journey.of(2, versions, documents, reports))
        .contains(new Journey("sha-2", 201, 202, 203, 204, 205, 206));
  }

  @Test
  void aRevisionThatIsInUseAndNotProvenIsStillOnItsWay() {
    travel(1, 100);
    versions.add(version(203, 2, 1, "VERIFIED"));
    versions.add(version(204, 2, 2, "PENDING"));

    assertThat(Journey.of(2, versions, documents, reports)).isEmpty();
  }

  @Test
  void aStepThatIsSeenLateIsWaitedFor() {
    travel(1, 100);
    Sight late = reports.removeLast();

    assertThat(Journey.of(1, versions, documents, reports)).isEmpty();

    reports.add(late);
    assertThat(Journey.of(1, versions, documents, reports)).isPresent();
  }

  @Test
  void aKeyThatIsMentionedAgainWasAskedForWhenItWasNamedFirst() {
    travel(1, 100);
    documents.add(document(150, "sha-1", "key-1", "key-2"));

    assertThat(Journey.of(1, versions, documents, reports).orElseThrow().asked()).isEqualTo(101);
  }

  private void travel(int revision, long begin) {
    String last = "sha-" + (revision - 1);
    String next = "sha-" + revision;
    String key = "key-" + revision;
    documents.add(document(begin + 1, last, "key-" + (revision - 1), key));
    reports.add(report(begin + 2, last, key));
    versions.add(version(begin + 3, revision, revision - 1, "VERIFIED"));
    documents.add(document(begin + 4, next, key, "key-" + (revision - 1)));
    reports.add(report(begin + 5, next, key));
    versions.add(version(begin + 6, revision, revision, "VERIFIED"));
  }

  private static Sight version(long at, int revision, int published, String state) {
    return sight(
        at,
        Map.of(
            "revision", Map.of("number", revision, "sha256", "sha-" + revision),
            "publications", List.of(Map.of("revision", published, "state", state))));
  }

  private static Sight document(long at, String sha256, String used, String other) {
    return sight(
        at,
        Map.of(
            "spec",
            Map.of(
                "files",
                    List.of(
                        Map.of("path", "tls.crt", "text", "…"),
                        Map.of("path", "tls.key", "key", Map.of("name", used))),
                "requests", List.of(Map.of("name", other)),
                "probe", Map.of("sha256", sha256))));
  }

  private static Sight report(long at, String sha256, String key) {
    return sight(
        at,
        Map.of(
            "readBack",
            Map.of("keys", List.of(Map.of("name", key)), "served", Map.of("sha256", sha256))));
  }

  private static Sight sight(long at, Map<String, ?> value) {
    return new Sight("topic", "key", Json.MAPPER.valueToTree(value), at);
  }
}
