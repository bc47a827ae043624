package dev.perch.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {
  @TempDir private Path folder = Path.of("");
  private Environment environment = new Environment(Map.of(), Path.of(""), null);

  @BeforeEach
  void home() {
    environment = new Environment(Map.of("XDG_CONFIG_HOME", folder.toString()), folder, null);
  }

  private Ran run(Object... words) {
    return Ran.in(environment, words);
  }

  private Ran setLab() {
    return run(
        "contexts",
        "set",
        "lab",
        "--service",
        "inventory=https://perch.lab.example",
        "--issuer",
        "https://id.lab.example/realms/perch");
  }

  @Test
  void aContextIsKeptAndUsedAndForgotten() {
    assertThat(setLab().code()).isEqualTo(ExitCode.DONE);
    assertThat(run("contexts", "use", "lab").code()).isEqualTo(ExitCode.DONE);
    assertThat(run("contexts", "list").out())
        .containsPattern("\\* +lab +https://perch.lab.example +https://id.lab.example");

    assertThat(run("contexts", "delete", "lab").code()).isEqualTo(ExitCode.DONE);

    assertThat(run("contexts", "list").out()).containsPattern("\\* +local").doesNotContain("lab ");
  }

  @Test
  void whatIsNotNamedStays() {
    setLab();

    run("contexts", "set", "lab", "--kafka", "broker:9093");

    assertThat(run("contexts", "list", "-o", "json").out())
        .contains("\"kafka\":\"broker:9093\"", "\"inventory\":\"https://perch.lab.example\"");
  }

  @Test
  void anAddressThatWouldCarryTokensInClearIsRefused() {
    Ran ran = run("contexts", "set", "lab", "--service", "inventory=http://perch.lab.example");

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains("would carry tokens in clear", "https://");
  }

  @Test
  void aNameThatCouldLeadOutOfTheFolderIsRefused() {
    assertThat(run("contexts", "set", "../../x", "--kafka", "b:1").code())
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void filesAreTheirOwnersAlone() throws IOException {
    setLab();

    assertThat(permissions("perch")).isEqualTo("rwx------");
    assertThat(permissions("perch/contexts.json")).isEqualTo("rw-------");
  }

  @Test
  void aFileThatOthersCanReadIsNotUsed() throws IOException {
    setLab();
    Files.setPosixFilePermissions(
        folder.resolve("perch/contexts.json"), PosixFilePermissions.fromString("rw-r--r--"));

    Ran ran = run("contexts", "list");

    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err()).contains("is open to others: rw-r--r--", "chmod 600");
  }

  @Test
  void withoutAStackTheCheckoutSaysHowToStartOne() {
    environment = new Environment(Map.of(), folder, folder.resolve(".perch"));

    Ran ran = run("hosts", "list");

    assertThat(ran.code()).isEqualTo(ExitCode.NOT_REACHABLE);
    assertThat(ran.err()).contains("no Perch runs from", "./perch up -d");
  }

  @Test
  void somebodyWhoHasNotSignedInIsToldHow() {
    setLab();

    Ran ran = run("hosts", "list", "--context", "lab");

    assertThat(ran.code()).isEqualTo(ExitCode.NOT_ALLOWED);
    assertThat(ran.err()).contains("not signed in", "perch login --context lab");
  }

  @Test
  void anUnknownContextNamesTheOnesThereAre() {
    setLab();

    Ran ran = run("hosts", "list", "--context", "prod");

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains("there is no context prod", "lab and local");
  }

  private String permissions(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
  }
}
