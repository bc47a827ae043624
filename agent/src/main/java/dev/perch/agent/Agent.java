package dev.perch.agent;

import dev.perch.agent.apply.Applier;
import dev.perch.agent.facts.FactBook;
import dev.perch.agent.facts.FactWatch;
import dev.perch.agent.facts.FolderEvents;
import dev.perch.agent.facts.KernelEvents;
import dev.perch.agent.files.FilesDriver;
import dev.perch.agent.keys.KeyStore;
import dev.perch.agent.link.HostSide;
import dev.perch.agent.link.LinkDriver;
import dev.perch.agent.link.LinkState;
import dev.perch.agent.link.Mailbox;
import dev.perch.agent.link.Transport;
import dev.perch.agent.link.Uplink;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkSettings;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The running agent. Three threads do the work: one looks at the machine, one applies documents,
 * one keeps the link; each goes on without the others.
 */
final class Agent implements HostSide, AutoCloseable {
  private final FactBook book;
  private final FactWatch watch;
  private final Applier applier;
  private final Uplink uplink;
  private final HostMachine host;
  private final FileLock lock;
  private final List<Thread> threads = new ArrayList<>();

  /** Set before any thread starts. */
  private @Nullable Uplink proposals;

  /**
   * @throws IOException if another agent uses the state folder
   */
  Agent(Settings settings, HostMachine host) throws IOException {
    StateFolder state = StateFolder.at(settings.stateFolder());
    FileLock held = state.lock();
    if (held == null) {
      throw new IOException("another agent uses " + settings.stateFolder());
    }
    lock = held;
    RandomGenerator random = new SecureRandom();
    this.host = host;
    book = new FactBook(host.collectors(settings), state.folder("facts"));
    watch = new FactWatch(book, random);
    Mailbox mailbox =
        new Mailbox(word -> Facet.find(word).flatMap(book::report), state.folder("unconfirmed"));
    book.onChange(facet -> mailbox.facet(facet.word()));
    LinkState linkState = new LinkState(state);
    applier =
        new Applier(
            List.of(
                new FilesDriver(settings.allowFolder(), state, new KeyStore(state)),
                new LinkDriver(linkState, this::tryProposal)),
            state,
            mailbox::observed,
            Duration.ofSeconds(settings.driftSeconds()),
            random);
    uplink =
        new Uplink(
            linkState, new Transport(settings.proxy()), mailbox, this, Version.read(), random);
    proposals = uplink;
  }

  /** Starts to work and returns. */
  void start() {
    // The link first: it can say hello with what was known before the restart.
    threads.add(Thread.ofPlatform().daemon().name("uplink").start(uplink));
    threads.add(Thread.ofPlatform().daemon().name("facts").start(watch));
    threads.add(Thread.ofPlatform().daemon().name("apply").start(applier));
    KernelEvents.listen(watch::touch);
    FolderEvents.listen(host.machine(), watch::touch);
  }

  /** Returns when the agent has stopped to work. */
  void await() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Stops it; what was on its way stays on the disk. */
  @Override
  public void close() throws InterruptedException, IOException {
    threads.forEach(Thread::interrupt);
    await();
    lock.channel().close();
  }

  @Override
  public Map<String, String> digests() {
    return book.digests();
  }

  @Override
  public Map<String, Long> documents() {
    return applier.generations();
  }

  @Override
  public void desired(Desired document) {
    applier.desired(document);
  }

  @Override
  public void linkProven() {
    applier.look(LinkSettings.ASPECT);
  }

  private void tryProposal() {
    if (proposals != null) {
      proposals.tryProposal();
    }
  }
}
