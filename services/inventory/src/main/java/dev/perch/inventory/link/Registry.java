package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The links of this replica. */
@ApplicationScoped
class Registry {
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Session> sessions = new ConcurrentHashMap<>();
  private final MeterRegistry meters;

  Registry(MeterRegistry meters) {
    this.meters = meters;
    Gauge.builder("link.sessions", sessions, Map::size)
        .description("Hosts whose agent is connected to this replica.")
        .register(meters);
    Gauge.builder("link.unproven", this, Registry::unproven)
        .description("Connections that have not proven yet who they are.")
        .register(meters);
    for (LinkClose why : LinkClose.values()) {
      counter(why);
    }
  }

  private Counter counter(LinkClose why) {
    return Counter.builder("link.closed")
        .description("Connections that the server closed, by reason.")
        .tag("reason", why.name())
        .register(meters);
  }

  int unproven() {
    return Math.max(0, links.size() - sessions.size());
  }

  void arrived(Link link) {
    links.add(link);
  }

  /** Takes the place of an older session of the host, which is closed. */
  void opened(Link link, Session session) {
    sessions.merge(
        session.host(),
        session,
        (one, other) -> {
          Session older = one.number() < other.number() ? one : other;
          older.end(LinkClose.SUPERSEDED);
          return older == one ? other : one;
        });
  }

  /** The server closes one. */
  void closed(LinkClose why) {
    counter(why).increment();
  }

  /** A connection has ended, whoever ended it. */
  void gone(Link link, @Nullable Session session) {
    links.remove(link);
    if (session != null) {
      left(link, session);
    }
  }

  void left(Link link, Session session) {
    sessions.remove(session.host(), session);
  }

  Optional<Session> of(UUID host) {
    return Optional.ofNullable(sessions.get(host));
  }

  Collection<Session> sessions() {
    return sessions.values();
  }

  Collection<Link> links() {
    return links;
  }
}
