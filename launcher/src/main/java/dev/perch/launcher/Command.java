package dev.perch.launcher;

import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.stack.Folders;
import java.io.IOException;

/** One subcommand. */
interface Command {
  /** The options it takes besides the common ones. */
  Arguments.Syntax syntax();

  /**
   * @throws UsageException if the arguments make no sense
   * @throws StartFailed saying what to do
   */
  Exit run(Folders folders, Arguments arguments)
      throws IOException, InterruptedException, StartFailed;
}
