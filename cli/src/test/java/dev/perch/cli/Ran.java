package dev.perch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** A command that has run in this JVM. */
public record Ran(int code, String out, String err) {
  /** Runs it where there is no configuration and no checkout. */
  public static Ran command(Object... words) {
    return in(new Environment(Map.of(), Path.of("/nonexistent"), null), words);
  }

  public static Ran in(Environment environment, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    int code =
        Main.commandLine(environment)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
