package dev.perch.contract.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.host.Condition;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message on the link; the JSON property {@code type} names it. Unknown properties are ignored,
 * an unknown type is ignored by an agent and closes the link at the server.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @Type(value = LinkMessage.Challenge.class, name = "challenge"),
  @Type(value = LinkMessage.Hello.class, name = "hello"),
  @Type(value = LinkMessage.Welcome.class, name = "welcome"),
  @Type(value = LinkMessage.Beat.class, name = "beat"),
  @Type(value = LinkMessage.Facts.class, name = "facts"),
  @Type(value = LinkMessage.Digests.class, name = "digests"),
  @Type(value = LinkMessage.Observed.class, name = "observed"),
  @Type(value = LinkMessage.Desired.class, name = "desired"),
  @Type(value = LinkMessage.Resync.class, name = "resync"),
  @Type(value = LinkMessage.Ack.class, name = "ack"),
  @Type(value = LinkMessage.Moved.class, name = "moved"),
})
public sealed interface LinkMessage {

  /** What an agent says. */
  sealed interface FromAgent extends LinkMessage permits Hello, Beat, Report, Digests {}

  /** What an agent says that must not be lost: it is numbered, acknowledged and sent again. */
  sealed interface Report extends FromAgent permits Facts, Observed {
    /** 1 for the first report of a session, then one more for each. */
    long seq();
  }

  /** What the server says. */
  sealed interface FromServer extends LinkMessage
      permits Challenge, Welcome, Desired, Resync, Ack, Moved {}

  /**
   * The server's first message.
   *
   * @param nonce 32 random bytes, base64url without padding; good for this connection only
   * @param server the name the agent must know it by, from its enrolment; it is part of the proof
   * @param oldest the oldest protocol version the server speaks
   * @param newest the newest one
   */
  record Challenge(String nonce, String server, int oldest, int newest) implements FromServer {}

  /**
   * The agent's first message, and its proof.
   *
   * @param protocol the newest version both speak, or the agent's own newest if there is none
   * @param hostId who it says it is
   * @param instance random, new with each start of the agent's process: two that take turns are two
   *     agents with one identity
   * @param proof see {@link LinkProof}
   * @param agentVersion of the software, for people
   * @param digests the digest of every facet it has, see {@link FacetDigest}
   * @param documents the generation of every document it holds, by aspect
   */
  record Hello(
      int protocol,
      UUID hostId,
      UUID instance,
      String proof,
      String agentVersion,
      Map<String, String> digests,
      Map<String, Long> documents)
      implements FromAgent {

    public Hello {
      digests = digests == null ? Map.of() : Map.copyOf(digests);
      documents = documents == null ? Map.of() : Map.copyOf(documents);
    }
  }

  /**
   * The session is open.
   *
   * @param session higher than any before of this host
   * @param beatEveryMillis how often to send a beat
   * @param pingEveryMillis how often the server pings
   */
  record Welcome(long session, int protocol, long beatEveryMillis, long pingEveryMillis)
      implements FromServer {}

  /** The agent lives. Sent as the exact text {@link LinkCodec#BEAT}, which readers may compare. */
  record Beat() implements FromAgent {}

  /**
   * Facets that changed, or were asked for, each whole.
   *
   * @param facets at most one per facet
   */
  record Facts(long seq, List<FacetReport> facets) implements Report {
    public Facts {
      facets = List.copyOf(facets);
    }
  }

  /** The digest of every facet, every {@link LinkProtocol#DIGESTS_EVERY}. */
  record Digests(Map<String, String> digests) implements FromAgent {
    public Digests {
      digests = Map.copyOf(digests);
    }
  }

  /**
   * What became of a document.
   *
   * @param aspect whose document
   * @param generation the generation the agent has reached; 0 when it holds none any more
   * @param conditions {@code Applied}, {@code Verified} and what the driver adds
   * @param readBack what the driver read back from the host; its shape belongs to the aspect
   */
  record Observed(
      long seq,
      String aspect,
      long generation,
      List<Condition> conditions,
      @Nullable JsonNode readBack)
      implements Report {

    public Observed {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * What is wanted of an aspect: always the newest. Sent after {@code welcome} for every aspect
   * whose generation differs from the agent's, and again whenever it changes.
   *
   * @param generation with which the agent answers in {@code observed}
   * @param driver null when the document is withdrawn
   * @param spec null when the document is withdrawn: the agent takes back what it applied
   */
  record Desired(String aspect, long generation, @Nullable String driver, @Nullable JsonNode spec)
      implements FromServer {

    public static Desired withdrawn(String aspect) {
      return new Desired(aspect, 0, null, null);
    }
  }

  /** The server's facets differ from the agent's: these are to be sent, whole. */
  record Resync(List<String> facets) implements FromServer {
    public Resync {
      facets = List.copyOf(facets);
    }
  }

  /**
   * All reports of this session up to a number are committed, or refused for good.
   *
   * @param refused those that will never be taken; the agent does not send them again
   */
  record Ack(long upTo, List<Refusal> refused) implements FromServer {
    public Ack {
      refused = refused == null ? List.of() : List.copyOf(refused);
    }
  }

  /**
   * A report that was not taken, while others were.
   *
   * @param code for programs: {@code facet.unknown}
   * @param detail for people
   */
  record Refusal(long seq, String code, String detail) {}

  /**
   * The server is about to end: connect again, to the same address, after a random part of this
   * time. Nobody's presence is judged meanwhile.
   */
  record Moved(long withinMillis) implements FromServer {}
}
