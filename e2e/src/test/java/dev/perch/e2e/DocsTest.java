package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Runs the README's five minutes as they are printed, on this test's Perch instead of the usual
 * one.
 */
class DocsTest {
  private final Perch perch = Perch.running();

  @Test
  void theFiveMinutesOfTheReadmeWorkAsPrinted() throws IOException {
    String inventory = perch.inventories().getFirst().address();
    List<String> commands =
        commands(Files.readString(Checkout.ROOT.resolve("README.md")), "## Five minutes");
    assertThat(commands).hasSizeGreaterThan(8);
    String script =
        String.join("\n", commands)
            .replace("http://127.0.0.1:18100", inventory)
            // The stack of the tests has a host on no machine, so its site is another one.
            .replace("--site local", "--state-dir '" + perch.state() + "'")
            .replace("./perch token", "./perch token --state-dir '" + perch.state() + "'")
            // A watch has no end of its own.
            .replace("curl -s -N", "timeout 3 curl -s -N");

    var ran = Checkout.run(Map.of("PERCH_NO_BUILD", "1"), List.of("bash", "-c", script));

    assertThat(ran.output())
        .contains("PERSONALITY  LIFECYCLE")
        .contains("\"name\":\"north-1\"")
        .contains("HTTP/1.1 201 Created")
        .contains("\"code\":\"value.syntax\",\"field\":\"/name\",\"found\":\"Edge_1\"")
        .contains("\n200\n")
        .contains("[2,\"changed\",[\"/labels/rack\"],\"moved to another rack\"]")
        .contains("[1,\"created\",[\"\"],null]");
  }

  /** The lines behind a prompt in the console blocks after a heading, with their continuations. */
  private static List<String> commands(String markdown, String heading) {
    List<String> commands = new ArrayList<>();
    boolean console = false;
    boolean continued = false;
    for (String line : markdown.substring(markdown.indexOf(heading)).lines().toList()) {
      if (line.startsWith("```")) {
        console = line.equals("```console");
      } else if (console && (line.startsWith("$ ") || continued)) {
        commands.add(line.startsWith("$ ") ? line.substring(2) : line);
        continued = line.endsWith("\\");
      }
    }
    return commands;
  }
}
