package dev.perch.launcher.stack;

import dev.perch.launcher.process.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What tests start embedded servers with. */
final class Scratch {
  private Scratch() {}

  static Settings settings(Path folder) throws IOException {
    Folders folders = new Folders(folder, folder.resolve("perch"));
    folders.create();
    return new Settings(
        folders, PortBlock.free(), Service.ALL, Settings.External.NONE, Map.of(), false, false);
  }

  static Console silence() {
    return new Console(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }
}
