package dev.perch.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A launcher in a JVM of its own, with one {@link Answering} part: to be killed. */
final class TestLauncher {
  private TestLauncher() {}

  /** Arguments: folder, port of the part. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    StateFile file = new StateFile(folder);
    var claimed = file.claim().orElseThrow();
    new Supervisor(
            new Plan(List.of(Answering.part(folder, "orphan", Integer.parseInt(args[1])))),
            file,
            new Console(System.out))
        .start();
    new CountDownLatch(1).await();
    claimed.close();
  }

  static Process start(Path folder, int port) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TestLauncher.class.getName(),
            folder.toString(),
            Integer.toString(port))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("launcher.log").toFile())
        .start();
  }
}
