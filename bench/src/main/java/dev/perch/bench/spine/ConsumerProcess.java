package dev.perch.bench.spine;

import dev.perch.bench.stack.Stack;
import dev.perch.contract.Json;
import dev.perch.launcher.stack.Login;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Consumer}, from the outside. */
final class ConsumerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;

  private ConsumerProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Follows the hosts from now on. */
  static ConsumerProcess tail(Stack stack, String database) throws IOException {
    ConsumerProcess consumer = start(stack, database, "tail");
    consumer.answer(String.class);
    return consumer;
  }

  /** Reads every host there is, once. */
  static Consumer.Throughput replay(Stack stack, String database) throws IOException {
    try (ConsumerProcess consumer = start(stack, database, "replay")) {
      return consumer.answer(Consumer.Throughput.class);
    }
  }

  /** Since the last call. */
  Consumer.Latencies latencies() throws IOException {
    if (process.isAlive()) {
      questions.write("latencies\n");
      questions.flush();
    }
    return answer(Consumer.Latencies.class);
  }

  @Override
  public void close() throws IOException {
    try {
      if (process.isAlive()) {
        questions.close();
      }
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private <T> T answer(Class<T> type) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IllegalStateException("the consumer ended; its words are above");
    }
    return Json.MAPPER.readValue(line, type);
  }

  private static ConsumerProcess start(Stack stack, String database, String mode)
      throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Consumer.class.getName(),
                    stack.kafka(),
                    stack.jdbcUrl(database),
                    mode))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Login login = stack.login(Stack.SUPERUSER);
    command.environment().put(Consumer.USER, login.user());
    command.environment().put(Consumer.PASSWORD, login.password());
    return new ConsumerProcess(command.start());
  }
}
