package dev.perch.bench.certmon;

import dev.perch.bench.stack.Stack;
import dev.perch.launcher.stack.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hosts on this machine. They end with this process, also if somebody interrupts it. */
final class Fleet implements AutoCloseable {
  private final AgentProgram program;
  private final Path folder;
  private final List<EdgeHost> hosts = new ArrayList<>();

  Fleet(Stack stack) throws IOException {
    program = AgentProgram.of(stack);
    folder = Files.createTempDirectory("perch-hosts");
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop-hosts"));
  }

  synchronized EdgeHost add() throws IOException {
    var host = new EdgeHost(program, folder.resolve("h" + hosts.size()));
    hosts.add(host);
    return host;
  }

  /** Of the agents that were started. */
  synchronized List<Long> pids() {
    return hosts.stream().flatMapToLong(host -> host.pid().stream()).boxed().toList();
  }

  private void end() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all of them, also if one cannot be ended. */
  @Override
  public synchronized void close() throws IOException {
    IOException failure = null;
    for (EdgeHost host : hosts) {
      try {
        host.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    hosts.clear();
    if (failure != null) {
      throw failure;
    }
    Folders.delete(folder);
  }
}
