package dev.perch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What every command owes its reader. */
class HelpTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private static CommandLine whole() {
    return Main.commandLine(new Environment(Map.of(), Path.of("/nonexistent"), null));
  }

  static Stream<String> commands() {
    return everyCommand(whole()).map(line -> line.getCommandSpec().qualifiedName());
  }

  private static Stream<CommandLine> everyCommand(CommandLine line) {
    return line.getSubcommands().values().stream()
        .flatMap(sub -> Stream.concat(Stream.of(sub), everyCommand(sub)));
  }

  private static CommandLine find(String qualifiedName) {
    return everyCommand(whole())
        .filter(line -> line.getCommandSpec().qualifiedName().equals(qualifiedName))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysWhatItDoesAndGivesExamplesThatItUnderstands(String command) {
    var usage = find(command).getCommandSpec().usageMessage();

    assertThat(usage.description()).as(command).isNotEmpty();
    List<String> examples =
        Stream.of(usage.footer()).map(String::strip).filter(l -> l.startsWith("perch ")).toList();
    if (!command.equals("perch tsn")) {
      assertThat(examples).as(command).isNotEmpty();
    }
    for (String example : examples) {
      assertThatCode(() -> whole().parseArgs(arguments(example)))
          .as(example)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void namesEveryNounWithoutOne() {
    Ran ran = Ran.command("--help");

    assertThat(ran.code()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out())
        .contains("sites", "hosts", "facts", "operations", "alarms", "events", "tsn", "contexts");
  }

  @Test
  void onlyTheNounAndTheVerbThatAreNamedAreReadAtStart() {
    CommandLine line =
        Main.commandLineFor(
            new Environment(Map.of(), Path.of("/nonexistent"), null), "hosts", "list");

    assertThat(line.getSubcommands()).containsOnlyKeys("hosts");
    assertThat(everyCommand(line))
        .extracting(CommandLine::getCommandName)
        .containsExactly("hosts", "list");
  }

  @Test
  void aNounWithoutAVerbIsWrongUse() {
    Ran ran = Ran.command("hosts");

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains("say what to do: list, get, create");
  }

  @Test
  void completionKnowsTheNounsAndTheWordsOfTheScript() {
    Ran ran = Ran.command("completion");

    assertThat(ran.code()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out())
        .contains("_picocli_perch_hosts_timeline", "_picocli_perch_up", "ALL_IN_ONE");
  }

  /** The words of a line as a shell would give them, the program's name left out. */
  private static String[] arguments(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.replace("<(", "").replaceAll(" [|>] .*", ""));
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words.subList(1, words.size()).toArray(String[]::new);
  }
}
