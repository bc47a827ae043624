package dev.perch.kit.inbox;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be looked at now and then: absent topics, recreated topics, lag, old rows. */
@ApplicationScoped
class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Inbox inbox;
  private final Rejoin rejoin;
  private final Forgetting forgetting;
  private final Duration every;
  private final Duration lagLimit;
  private Instant forgetAt = Instant.EPOCH;
  private @Nullable Thread thread;

  Housekeeping(Inbox inbox, Rejoin rejoin, AgroalDataSource database, InboxConfig config) {
    this.inbox = inbox;
    this.rejoin = rejoin;
    forgetting = new Forgetting(new Transactions(database));
    every = config.checkEvery();
    lagLimit = config.lagLimit();
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("inbox-housekeeping").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (!attempt(() -> inbox.subscriptions().values().forEach(Subscription::createTopics))) {
        Thread.sleep(RETRY);
      }
      while (true) {
        Thread.sleep(every);
        attempt(this::check);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() throws Exception {
    for (var each : inbox.subscriptions().entrySet()) {
      Subscription subscription = each.getValue();
      subscription.check(lagLimit);
      if (subscription.consumption().isMisplaced()) {
        rejoin.ask(each.getKey());
      }
    }
    if (!Instant.now().isBefore(forgetAt)) {
      forgetting.run();
      for (Subscription subscription : inbox.subscriptions().values()) {
        subscription.replay().clearWhenNoneWaits();
      }
      forgetAt = Instant.now().plus(FORGET_EVERY);
    }
  }

  /** A step of the housekeeping. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private static boolean attempt(Step step) {
    try {
      step.run();
      return true;
    } catch (Exception e) {
      LOG.atWarn()
          .addKeyValue("reason", Fault.of(e).reason())
          .log("Inbox could not be looked after; the next round tries again");
      return false;
    }
  }
}
