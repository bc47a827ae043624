package dev.perch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command that has run in this JVM. */
public record Ran(int code, String out, String err) {
  /** Runs it. */
  public static Ran command(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
