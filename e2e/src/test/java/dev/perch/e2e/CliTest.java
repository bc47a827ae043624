package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Json;
import dev.perch.launcher.stack.Credentials;
import dev.perch.launcher.stack.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's day on the command line, with the processes an operator has. */
class CliTest {
  private static final Pattern PAGE = Pattern.compile("Open (\\S+)");

  private final Perch perch = Perch.running();
  private final String site = "cli-" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir private Path folder = Path.of("");
  private Cli cli = new Cli(folder);

  @BeforeEach
  void ready() {
    perch.awaitReady();
    cli = new Cli(folder, "--state-dir", perch.state().toString());
  }

  @Test
  void aHostIsRegisteredChangedLookedBackAtAndRemovedByItsName() {
    cli.run("sites", "create", site, "--label", "region=north").successfully();
    JsonNode created =
        cli.run("hosts", "create", site + "/edge-1", "--label", "rack=a1", "-o", "json").json();
    cli.run("hosts", "set", site + "/edge-1", "--label", "rack=b2", "--reason", "moved")
        .successfully();

    assertThat(cli.run("hosts", "list", "--site", site).successfully().out())
        .contains("HOST", site + "/edge-1", "worker", "locked", "rack=b2")
        .contains(created.path("id").asText());
    assertThat(cli.run("hosts", "timeline", site + "/edge-1").successfully().out())
        .contains("/labels/rack: a1 → b2", "moved");
    JsonNode before =
        cli.run(
                "hosts",
                "get",
                created.path("id").asText(),
                "--as-of",
                created.path("createdAt").asText(),
                "-o",
                "json")
            .json();
    assertThat(before.at("/labels/rack").asText()).isEqualTo("a1");

    cli.run("hosts", "delete", site + "/edge-1", "--reason", "scrapped").successfully();
    assertThat(cli.run("hosts", "get", site + "/edge-1").exit()).isEqualTo(4);
    cli.run("sites", "delete", site).successfully();
  }

  @Test
  void whatIsRefusedSaysEverythingThatIsWrongAndHowItEnds() {
    cli.run("sites", "create", site).successfully();
    cli.run("hosts", "create", site + "/edge-1").successfully();

    Cli.Said bad = cli.run("hosts", "create", site + "/Edge_1", "--bmc", "no address");
    assertThat(bad.exit()).isEqualTo(2);
    assertThat(bad.err()).contains("/name: found \"Edge_1\"", "/bmc/address: found", "(trace ");

    Cli.Said occupied = cli.run("sites", "delete", site);
    assertThat(occupied.exit()).isEqualTo(3);
    assertThat(occupied.err()).contains("host");

    assertThat(cli.run("hosts", "create", site + "/edge-1").exit()).isEqualTo(3);
    assertThat(cli.run("hosts", "get", "nowhere/edge-1").exit()).isEqualTo(4);
    assertThat(cli.run("hosts", "lost").exit()).isEqualTo(2);
    assertThat(new Cli(folder, "--state-dir", folder.toString()).run("sites", "list").exit())
        .isEqualTo(5);
  }

  @Test
  void whatIsToBeBuiltIsNamedRightlyOrNothingIsBuilt() {
    Checkout.Ran refused = Checkout.perch("build", "--only", "inventory,certmom");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.output())
        .contains("no service named certmom", "inventory", "certmon")
        .doesNotContain("Building");
  }

  @Test
  void hostsComeInFromAFileAndItsBadRowsAreNamedFirst() throws IOException {
    cli.run("sites", "create", site).successfully();
    Path file = folder.resolve("hosts.csv");
    Files.writeString(
        file,
        "site,name,personality,labels,bmc\n"
            + (site + ",edge-1,WORKER,rack=a1,\n")
            + (site + ",Edge_2,WORKER,,\n")
            + (site + ",edge-3,STORAGE,,\n"));

    Cli.Said tried = cli.run("hosts", "import", file.toString(), "--dry-run");
    assertThat(tried.exit()).isEqualTo(3);
    assertThat(tried.out()).containsPattern("2 +/name +Edge_2");
    assertThat(cli.run("hosts", "import", file.toString()).exit()).isEqualTo(2);
    assertThat(cli.run("hosts", "list", "--site", site, "-o", "json").json().at("/items"))
        .isEmpty();

    assertThat(cli.run("hosts", "import", file.toString(), "--skip-bad").exit()).isEqualTo(3);

    assertThat(cli.run("hosts", "export", "--site", site).successfully().out().lines())
        .containsExactly(
            "site,name,personality,labels,bmc",
            site + ",edge-1,WORKER,rack=a1,",
            site + ",edge-3,STORAGE,,");
    assertThat(
            cli.run("hosts", "difference", site + "/edge-1", "--with", site + "/edge-3")
                .successfully()
                .out())
        .containsPattern("/personality +WORKER +STORAGE");
  }

  @Test
  void aGroupIsAsGoodAsItsSelectorWhereverHostsAreAskedFor() {
    cli.run("sites", "create", site).successfully();
    cli.run("hosts", "create", site + "/edge-1", "--label", "rack=a1").successfully();
    cli.run("hosts", "create", site + "/edge-2", "--label", "rack=b2").successfully();
    String group = site + "-a";
    cli.run("groups", "create", group, "--selector", "site=" + site + ",rack=a1").successfully();

    assertThat(cli.run("hosts", "list", "--group", group).successfully().out())
        .contains(site + "/edge-1")
        .doesNotContain("edge-2");
    cli.run("groups", "set", group, "-s", "site=" + site + ",rack!=a1").successfully();

    assertThat(cli.run("hosts", "export", "--group", group).successfully().out().lines())
        .containsExactly("site,name,personality,labels,bmc", site + ",edge-2,WORKER,rack=b2,");
    Cli.Said bad = cli.run("groups", "set", group, "-s", "!site");
    assertThat(bad.exit()).isEqualTo(2);
    assertThat(bad.err()).contains("/selector", "Every host has a site");
    cli.run("groups", "delete", group).successfully();
    assertThat(cli.run("hosts", "list", "--group", group).exit()).isEqualTo(2);
  }

  @Test
  void eventsOfOneHostComeFromTheServicesAndTheWholeStoryFromKafka() {
    cli.run("sites", "create", site).successfully();
    cli.run("hosts", "create", site + "/edge-1").successfully();
    cli.run("hosts", "create", site + "/edge-2").successfully();
    Cli.Running tail =
        cli.start("events", "tail", "--host", site + "/edge-1", "--limit", "1", "--for", "PT1M");

    // When it begins to listen cannot be seen from outside.
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              String rack = UUID.randomUUID().toString();
              cli.run("hosts", "set", site + "/edge-2", "--label", "rack=" + rack).successfully();
              cli.run("hosts", "set", site + "/edge-1", "--label", "rack=" + rack).successfully();
              return !tail.isAlive();
            });

    assertThat(tail.end().successfully().out())
        .contains("host.changed", site + "/edge-1", "/labels/rack")
        .doesNotContain("edge-2");
    String story =
        cli.run(
                "events",
                "tail",
                "--kafka",
                "--from-beginning",
                "--site",
                site,
                "--type",
                "host.created",
                "--limit",
                "2",
                "--for",
                "PT1M")
            .successfully()
            .out();
    assertThat(story).contains(site + "/edge-1  v1", site + "/edge-2  v1");
  }

  @Test
  void aMachineIsEnrolledUnlockedByProofAndItsSilenceIsAnAlarmThatSomebodyTakesOn() {
    cli.run("sites", "create", site).successfully();
    try (HostAgent agent = new HostAgent()) {
      String host = site + "/edge-1";
      agent.enrol(cli.run("hosts", "enrol", host, "-o", "json").json().path("token").asText());
      agent.start();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> cli.run("facts", "list", host).out().contains("kernel"));
      assertThat(cli.run("facts", "get", host, "cpu").successfully().out())
          .containsPattern("cpu.logical +\\d");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> cli.run("hosts", "list", "--site", site).out().contains("available"));

      Cli.Said locked = cli.run("hosts", "lock", host, "--preview");
      assertThat(locked.exit()).isEqualTo(3);
      assertThat(locked.out()).containsPattern("no +state.in-service +LOCKED");
      // The machine of a test may have no time service.
      Cli.Said unlocked =
          cli.run(
                  "hosts",
                  "unlock",
                  host,
                  "--waive",
                  "clock.synchronised,clock.service",
                  "--reason",
                  "first day",
                  "--wait",
                  "--timeout",
                  "PT1M")
              .successfully();
      assertThat(unlocked.err()).containsPattern("prove +done +100 %");
      assertThat(unlocked.out()).containsPattern("state +SUCCEEDED");
      assertThat(cli.run("hosts", "list", "--site", site).successfully().out())
          .containsPattern("in-service +unlocked +enabled +available");

      agent.kill();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> cli.run("alarms", "list", "--host", host).out().contains("host-offline"));
      String alarm =
          cli.run("alarms", "list", "--host", host, "-o", "json").json().at("/items/0/id").asText();
      cli.run("alarms", "acknowledge", alarm, "--comment", "on my way").successfully();
      assertThat(cli.run("alarms", "get", alarm).successfully().out())
          .contains("on my way", "proposedRepair");
    }
  }

  @Test
  void aPersonSignsInWithABrowserStaysSignedInAndSignsOut() throws Exception {
    Cli person = new Cli(folder, "--context", "e2e");
    String inventory = perch.inventories().getFirst().address();
    URI issuer = URI.create(perch.component("identity").address());
    new Cli(folder)
        .run(
            "contexts",
            "set",
            "e2e",
            "--service",
            "inventory=" + inventory,
            "--issuer",
            issuer.toString())
        .successfully();
    assertThat(person.run("sites", "list").exit()).isEqualTo(6);

    Cli.Running login = person.start("login");
    await().atMost(Duration.ofSeconds(30)).until(() -> PAGE.matcher(login.err()).find());
    Matcher page = PAGE.matcher(login.err());
    assertThat(page.find()).isTrue();
    var admin =
        Credentials.in(new Folders(Checkout.ROOT, perch.state()))
            .find("keycloak/perch/admin-1")
            .orElseThrow();
    new Browser().approve(URI.create(page.group(1)), admin);
    login.end().successfully();

    person.run("sites", "create", site).successfully();
    Path tokens = folder.resolve("perch/tokens/e2e.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
        .isEqualTo("rw-------");

    // When the access token is over, the refresh token gets the next one.
    String first = expire(tokens);
    person.run("sites", "list").successfully();
    assertThat(Json.MAPPER.readTree(tokens.toFile()).path("accessToken").asText())
        .isNotEqualTo(first);

    byte[] kept = Files.readAllBytes(tokens);
    person.run("logout").successfully();
    assertThat(tokens).doesNotExist();
    assertThat(person.run("sites", "list").exit()).isEqualTo(6);

    // Signed out is signed out at the issuer too: a copy of the file is of no use.
    Files.write(tokens, kept);
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    expire(tokens);
    Cli.Said thief = person.run("sites", "list");
    assertThat(thief.exit()).isEqualTo(6);
    assertThat(thief.err()).contains("perch login --context e2e");
  }

  private static String expire(Path tokens) throws IOException {
    ObjectNode kept = (ObjectNode) Json.MAPPER.readTree(tokens.toFile());
    kept.put("expiresAt", "2020-01-01T00:00:00Z");
    Json.MAPPER.writeValue(tokens.toFile(), kept);
    return kept.path("accessToken").asText();
  }
}
