package dev.perch.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.alarm.AlarmCatalogue;
import dev.perch.contract.link.LinkClose;
import dev.perch.inventory.link.TestAgent;
import dev.perch.kit.testkit.Generated;
import dev.perch.kit.testkit.Platform;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Makes {@code docs/reference.md}, and fails when the committed one says something else. */
@QuarkusTest
@WithTestResource(Platform.class)
class ReferenceTest {
  private static final Path ROOT = Path.of("../..");

  /** {@code certmon/service/src/main/java} below {@code services}. */
  private static final int DEEPEST_SOURCES = 5;

  /** Meters with these prefixes are ours; the others are Quarkus' and documented there. */
  private static final List<String> OWN =
      List.of("outbox.", "inbox.", "alarms.", "watch.", "link.", "work.");

  @Inject MeterRegistry meters;

  /** Some meters are there only when what they measure has happened, whichever test runs first. */
  @BeforeEach
  void useWhatIsMeasured() {
    Api.asViewer().get("/v1/hosts").then().statusCode(200);
    try (TestAgent stranger = TestAgent.unknown(UUID.randomUUID()).connect()) {
      stranger.hello(stranger.challenge());
      assertThat(stranger.closedBecause()).isEqualTo(LinkClose.REFUSED);
    }
  }

  @Test
  void theReferenceSaysWhatTheCodeSays() throws IOException {
    var text = new StringBuilder();
    text.append(
        """
        # Reference

        Generated from the code: build with `-Dperch.regenerate=true` to write it anew. REST is in
        [openapi/](openapi/), topics and events are in [asyncapi.yaml](../contract/asyncapi.yaml).

        ## Configuration

        Each key can be set as a system property or as an environment variable: `perch.outbox.poll`
        is `PERCH_OUTBOX_POLL`. Durations are `500MS`, `10S`, `2M` or ISO 8601. A key without a
        default has to be set.

        | key | type | default | meaning |
        |---|---|---|---|
        """);
    ConfigReference.read(sources())
        .forEach(
            (name, key) ->
                row(
                    text,
                    "`" + name + "`",
                    key.type(),
                    key.usual().map(usual -> "`" + usual + "`").orElse(""),
                    key.about()));
    text.append(
        """

        ## Meters

        On the management port of each service, `/q/metrics`, with dots as underscores.

        | meter | kind | unit | meaning |
        |---|---|---|---|
        """);
    own()
        .forEach(
            (name, id) ->
                row(
                    text,
                    "`" + name + "`",
                    id.getType().name().toLowerCase(Locale.ROOT),
                    Objects.requireNonNullElse(id.getBaseUnit(), ""),
                    Objects.requireNonNull(id.getDescription(), "undocumented: " + name)));
    text.append(
        """

        ## Alarms

        ITU-T X.733. An alarm clears by itself when its condition is gone.

        | alarm | severity | type | cause | what it says | what to do | clears when |
        |---|---|---|---|---|---|---|
        """);
    AlarmCatalogue.types()
        .forEach(
            alarm ->
                row(
                    text,
                    "`" + alarm.id() + "`",
                    alarm.severity().name(),
                    alarm.eventType().name(),
                    alarm.probableCause(),
                    alarm.text(),
                    alarm.proposedRepair(),
                    alarm.clearsWhen()));
    Generated.check(ROOT.resolve("docs/reference.md"), text.toString());
  }

  private static List<Path> sources() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String group : List.of("kit", "services")) {
      try (Stream<Path> below = Files.walk(ROOT.resolve(group), DEEPEST_SOURCES)) {
        below.filter(folder -> folder.endsWith("src/main/java")).forEach(folders::add);
      }
    }
    return folders;
  }

  private TreeMap<String, Meter.Id> own() {
    TreeMap<String, Meter.Id> own = new TreeMap<>();
    for (Meter meter : meters.getMeters()) {
      Meter.Id id = meter.getId();
      if (OWN.stream().anyMatch(id.getName()::startsWith)) {
        own.put(id.getName(), id);
      }
    }
    return own;
  }

  private static void row(StringBuilder table, String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
