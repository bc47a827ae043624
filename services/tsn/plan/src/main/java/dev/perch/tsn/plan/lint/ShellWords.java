package dev.perch.tsn.plan.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a shell script into commands and words, as far as tc scripts need it: quotes, comments,
 * continued lines, {@code ;} and {@code &&}. Variables and substitutions stay as they are written,
 * each in one word.
 */
final class ShellWords {
  private final String text;
  private int at;
  private int line = 1;
  private int commandLine = 1;
  private final List<Command> commands = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellWords(String text) {
    this.text = text;
  }

  /**
   * A command.
   *
   * @param line where its first word stands, from 1
   */
  record Command(int line, List<String> words) {
    Command {
      words = List.copyOf(words);
    }
  }

  static List<Command> split(String text) {
    ShellWords splitter = new ShellWords(text);
    splitter.run();
    return List.copyOf(splitter.commands);
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        escaped();
      } else if (c == '\n' || c == ';' || c == '&' || c == '|') {
        endCommand();
        step();
      } else if (Character.isWhitespace(c)) {
        endWord();
        step();
      } else if (c == '#' && !inWord) {
        while (at < text.length() && text.charAt(at) != '\n') {
          step();
        }
      } else {
        wordPart(c);
      }
    }
    endCommand();
  }

  private void wordPart(char c) {
    if (!inWord && words.isEmpty()) {
      commandLine = line;
    }
    inWord = true;
    switch (c) {
      case '\'', '"', '`' -> quoted(c);
      case '$' -> substitution();
      default -> take();
    }
  }

  private void escaped() {
    step();
    if (text.charAt(at) == '\n') {
      endWord();
      step();
    } else {
      if (!inWord && words.isEmpty()) {
        commandLine = line;
      }
      inWord = true;
      take();
    }
  }

  private void quoted(char quote) {
    step();
    while (at < text.length() && text.charAt(at) != quote) {
      take();
    }
    if (at < text.length()) {
      step();
    }
  }

  /** {@code $name}, <code>${…}</code>, {@code $(…)}, {@code $((…))}. */
  private void substitution() {
    take();
    if (at >= text.length() || (text.charAt(at) != '(' && text.charAt(at) != '{')) {
      return;
    }
    int depth = 0;
    do {
      char c = text.charAt(at);
      if (c == '(' || c == '{') {
        depth++;
      } else if (c == ')' || c == '}') {
        depth--;
      }
      take();
    } while (depth > 0 && at < text.length());
  }

  private void take() {
    word.append(text.charAt(at));
    step();
  }

  private void step() {
    if (text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(new Command(commandLine, words));
      words.clear();
    }
  }
}
