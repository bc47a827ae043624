package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.inventory.enrolment.EnrolmentConfig;
import dev.perch.inventory.presence.Attention;
import dev.perch.inventory.presence.Presences;
import dev.perch.kit.web.production.Mode;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where agents connect: a WebSocket on the service's own router. */
@ApplicationScoped
class LinkServer {
  private static final Logger LOG = LoggerFactory.getLogger(LinkServer.class);
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int UPGRADE_REQUIRED = 426;

  /** How often an event loop shows that it turns, in ms. */
  private static final long TURN_MILLIS = 50;

  private final Surroundings around;
  private final NoticeLoop notices;
  private final boolean plainAllowed;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean ending;

  LinkServer(
      LinkConfig config,
      EnrolmentConfig enrolment,
      Vertx vertx,
      Registry registry,
      Admission admission,
      Presences presences,
      ReportIntake reports,
      DigestCheck digests,
      DocumentFeed documents,
      NoticeLoop notices,
      @ConfigProperty(name = "perch.mode", defaultValue = "production") Mode mode) {
    this.around =
        new Surroundings(
            enrolment.server(),
            config,
            vertx,
            threads,
            registry,
            admission,
            presences,
            reports,
            digests,
            documents);
    this.notices = notices;
    // An agent never connects without TLS, whatever is allowed here.
    this.plainAllowed = mode == Mode.TRIAL;
  }

  void start(@Observes StartupEvent event) {
    watchEventLoops();
    around.presences().start();
    notices.start();
    long every = around.config().pingEvery().toMillis();
    around.vertx().setPeriodic(every, tick -> around.registry().links().forEach(Link::ping));
  }

  /** They hear the beats: while one is busy, whoever is connected to it seems to be silent. */
  private void watchEventLoops() {
    for (EventExecutor loop : around.vertx().nettyEventLoopGroup()) {
      Attention.Duty turning = around.presences().attention().duty();
      var _ = loop.scheduleAtFixedRate(turning::goesOn, 0, TURN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void route(@Observes Router router) {
    router.get(LinkProtocol.PATH).handler(this::accept);
  }

  private void accept(RoutingContext request) {
    if (ending || around.registry().unproven() >= around.config().unproven()) {
      request.response().setStatusCode(SERVICE_UNAVAILABLE).putHeader("Retry-After", "5").end();
    } else if (!plainAllowed && !request.request().isSSL()) {
      request.response().setStatusCode(UPGRADE_REQUIRED).end();
    } else {
      request
          .request()
          .toWebSocket()
          .onSuccess(socket -> new Link(socket, around).start())
          .onFailure(e -> LOG.atDebug().addKeyValue("reason", e.getMessage()).log("No WebSocket"));
    }
  }

  /** The service is unready and stops a second later: agents are sent elsewhere meanwhile. */
  void move(@Observes ShutdownDelayInitiatedEvent event) {
    ending = true;
    around.presences().leave();
    var moved = new LinkMessage.Moved(around.config().moveWithin().toMillis());
    around.registry().sessions().forEach(session -> session.send(moved));
    // An open link is a request that does not finish: the shutdown would wait for it.
    var _ = around.vertx().setTimer(around.config().moveWithin().toMillis(), late -> closeLinks());
  }

  void stop(@Observes ShutdownEvent event) {
    notices.stop();
    closeLinks();
  }

  private void closeLinks() {
    around.registry().links().forEach(link -> link.close(LinkClose.MOVED));
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
