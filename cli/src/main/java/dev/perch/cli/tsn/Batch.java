package dev.perch.cli.tsn;

import dev.perch.cli.ExitCode;
import dev.perch.tsn.plan.UnsoundPlanException;
import dev.perch.tsn.plan.format.BadInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Many instances, one after the other in one JVM. An instance that cannot be read or planned is
 * told on standard error, and the next one follows.
 */
final class Batch {
  private final InputFormat source;
  private final OutputFormat target;
  private final Planning planning;
  private final PrintWriter out;
  private final PrintWriter err;

  Batch(
      InputFormat source,
      OutputFormat target,
      Planning planning,
      PrintWriter out,
      PrintWriter err) {
    this.source = source;
    this.target = target;
    this.planning = planning;
    this.out = out;
    this.err = err;
  }

  /** The worst of all exit codes: failed, bad input, not all placed, done. */
  int run(Path list) throws IOException {
    boolean failed = false;
    boolean bad = false;
    boolean refused = false;
    int number = 0;
    for (String read : Files.readAllLines(list)) {
      // Some editors begin a file with a byte order mark.
      String line = read.startsWith("\uFEFF") ? read.substring(1) : read;
      number++;
      if (line.isBlank()) {
        continue;
      }
      int code = one(list + ":" + number, line);
      failed |= code == ExitCode.FAILED;
      bad |= code == ExitCode.BAD_INPUT;
      refused |= code == ExitCode.NOT_ALL;
    }
    if (failed) {
      return ExitCode.FAILED;
    }
    return bad ? ExitCode.BAD_INPUT : refused ? ExitCode.NOT_ALL : ExitCode.DONE;
  }

  private int one(String where, String line) {
    List<String> words = Arrays.asList(line.split("\t", -1));
    if (words.size() != source.files() + 1) {
      err.println(
          where
              + ": "
              + words.size()
              + " columns; write "
              + source.files()
              + " file(s) and the prefix, with tabs between");
      return ExitCode.BAD_INPUT;
    }
    String prefix = words.getLast();
    try {
      List<Path> files = words.subList(0, source.files()).stream().map(Path::of).toList();
      return one(prefix, planning.plan(source.read(files)));
    } catch (BadInputException e) {
      err.println(where + ": nothing was planned");
      err.println(e.getMessage());
      return ExitCode.BAD_INPUT;
    } catch (UnsoundPlanException e) {
      err.println(where + ": nothing was written; " + e.getMessage());
      return ExitCode.FAILED;
    } catch (IOException e) {
      err.println(where + ": " + Writing.failed(prefix, e));
      return ExitCode.FAILED;
    } catch (RuntimeException e) {
      // A fault of ours in one instance is no reason to leave out the others.
      err.println(where + ": failed");
      e.printStackTrace(err);
      return ExitCode.FAILED;
    }
  }

  private int one(String prefix, Planning.Result result) throws IOException {
    target.write(result.document(), prefix);
    result.document().refusals().forEach(r -> err.println(prefix + ": " + Refusals.explain(r)));
    out.println(
        String.join(
            "\t",
            prefix,
            result.placed() + "/" + result.asked(),
            Durations.millis(result.took().planning()),
            Durations.millis(result.took().checking())));
    out.flush();
    return result.complete() ? ExitCode.DONE : ExitCode.NOT_ALL;
  }
}
