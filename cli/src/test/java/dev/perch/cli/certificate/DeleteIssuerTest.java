package dev.perch.cli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Ran;
import dev.perch.cli.rest.Peer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code perch issuers delete} says of what it leaves undone. */
class DeleteIssuerTest {
  private static final String ID = "0199e1d2-7a44-7c1e-9d5b-0242ac120002";
  private static final Map<String, String> JSON =
      Map.of("Content-Type", "application/json", "ETag", "\"1-a\"");

  @TempDir private Path folder = Path.of("");
  private Environment environment = new Environment(Map.of(), Path.of(""), null);
  private final Peer certmon = new Peer();

  @BeforeEach
  void context() {
    environment =
        new Environment(
            Map.of(
                "XDG_CONFIG_HOME", folder.toString(),
                "PERCH_CONTEXT", "lab",
                "PERCH_TOKEN", "token"),
            folder,
            null);
    Ran set =
        Ran.in(environment, "contexts", "set", "lab", "--service", "certmon=" + certmon.address());
    assertThat(set.code()).isEqualTo(ExitCode.DONE);
  }

  @AfterEach
  void close() {
    certmon.close();
  }

  @Test
  void byForceItSaysWhatTheAuthorityWasNeverTold() {
    var _ = certmon.then(200, JSON, "{}").then(200, JSON, "{\"count\": 3, \"revocations\": []}");

    Ran ran = Ran.in(environment, "issuers", "delete", ID, "--force");

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(certmon.requests.getLast().uri()).isEqualTo("/v1/issuers/" + ID + "?force=true");
    assertThat(ran.out() + ran.err()).contains("never told that 3");
  }

  @Test
  void otherwiseNothingIsForced() {
    var _ = certmon.then(200, JSON, "{}").then(204, Map.of(), "");

    Ran ran = Ran.in(environment, "issuers", "delete", ID);

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(certmon.requests.getLast().uri()).isEqualTo("/v1/issuers/" + ID);
    assertThat(ran.out() + ran.err()).doesNotContain("never told");
  }
}
