package dev.perch.certmon.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.perch.certmon.CertmonConfig;
import dev.perch.certmon.issue.AlpnResponder;
import dev.perch.certmon.issue.Challenge;
import dev.perch.certmon.issue.ChallengeType;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.contract.Json;
import dev.perch.kit.outbox.Database;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers tls-alpn-01 (RFC 8737) for every replica, if this one was given a port: the answers are
 * in what is stored. Of two orders for one name the newer one is answered; the handshake does not
 * say which is meant.
 */
@Singleton
class ChallengeListener {
  private static final Logger LOG = LoggerFactory.getLogger(ChallengeListener.class);

  private static final String ANSWER =
      """
      select challenge::text
      from issuance, jsonb_array_elements(state -> 'challenges') challenge
      where jsonb_exists(state, 'challenges')
        and (state -> 'challenges') @> ?::jsonb and challenge @> ?::jsonb
      order by begun_at desc limit 1
      """;

  /** Strangers shall not take the connections that certificates are issued with. */
  private static final int LOOKS = 4;

  private final CertmonConfig config;
  private final Database database;
  private final Clock clock;
  private final Semaphore looks = new Semaphore(LOOKS);
  private @Nullable AlpnResponder responder;

  ChallengeListener(CertmonConfig config, Database database, Clock clock) {
    this.config = config;
    this.database = database;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    OptionalInt port = config.tlsAlpnPort();
    if (port.isPresent()) {
      var address = new InetSocketAddress(config.tlsAlpnHost(), port.getAsInt());
      responder = new AlpnResponder(address, clock, this::answer);
      LOG.atInfo().addKeyValue("port", port()).log("tls-alpn-01 is answered");
    }
  }

  @PreDestroy
  void stop() {
    if (responder != null) {
      responder.close();
    }
  }

  /** Where it listens; 0 if it does not. */
  int port() {
    return responder == null ? 0 : responder.port();
  }

  private Optional<Challenge> answer(SubjectName name) {
    looks.acquireUninterruptibly();
    try {
      return database.each(connection -> find(connection, name));
    } catch (SQLException e) {
      LOG.atWarn().setCause(e).log("A challenge could not be looked up");
      return Optional.empty();
    } finally {
      looks.release();
    }
  }

  private static Optional<Challenge> find(Connection connection, SubjectName name)
      throws SQLException {
    ArrayNode asked = Json.MAPPER.createArrayNode();
    asked.addObject().put("name", name.toString()).put("type", ChallengeType.TLS_ALPN_01.name());
    try (PreparedStatement select = connection.prepareStatement(ANSWER)) {
      select.setString(1, asked.toString());
      select.setString(2, asked.get(0).toString());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(Json.MAPPER.readValue(row.getString(1), Challenge.class))
            : Optional.empty();
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("a challenge is damaged", e);
    }
  }
}
