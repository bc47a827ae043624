package dev.perch.tsn.plan.model;

/**
 * One direction of a cable, with the port that sends into it.
 *
 * @param name of the sending port, unique in the network; refusals name it as the interface
 * @param from the sending node
 * @param to the receiving node
 * @param rate Mbit/s
 * @param propagation ns
 * @param processing how long the receiving bridge needs until it can send the frame on, ns
 * @param cutThroughBytes bytes (preamble and delimiter counted) after which the receiving bridge
 *     starts to process the frame; 0 is store and forward
 * @param port the sending end
 */
public record Link(
    String name,
    String from,
    String to,
    long rate,
    long propagation,
    long processing,
    int cutThroughBytes,
    Port port) {
  private static final int PREAMBLE_AND_DELIMITER = 8;
  private static final int GAP = 12;
  private static final int SHORTEST_FRAME = 64;

  public Link {
    new Violations("link " + name)
        .notBlank("name", name)
        .require(!from.equals(to), "to", to, "must be another node than the sender")
        .require(rate >= 1 && rate <= 1_600_000, "rate", rate, "must be 1 to 1,600,000 Mbit/s")
        .atLeast(0, "propagation", propagation)
        .atLeast(0, "processing", processing)
        .atLeast(0, "cutThroughBytes", cutThroughBytes)
        .raise();
  }

  /** A store-and-forward link with one time-triggered queue, named after its ends. */
  public static Link of(String from, String to, long rate, long processing) {
    return new Link(from + "-" + to, from, to, rate, 0, processing, 0, Port.of(rate, 1));
  }

  /** The same link with another port. */
  public Link withPort(Port port) {
    return new Link(name, from, to, rate, propagation, processing, cutThroughBytes, port);
  }

  /** How long a frame of this size keeps the link from the next one, ns, rounded up. */
  public long wireTime(int frameBytes) {
    return duration(Math.max(frameBytes, SHORTEST_FRAME) + PREAMBLE_AND_DELIMITER + GAP, rate);
  }

  /** From the start of transmission until the receiver has the whole frame, ns. */
  public long receptionTime(int frameBytes) {
    return arrivalOfWhole(frameBytes) + propagation;
  }

  /**
   * From the start of transmission on this link until the receiver can start to send the frame into
   * {@code next}, ns. A bridge that cuts through does so only into a link that is not faster: into
   * a faster one it would run out of bytes.
   */
  public long forwardingDelay(int frameBytes, Link next) {
    long whole = arrivalOfWhole(frameBytes);
    boolean cutsThrough = cutThroughBytes > 0 && next.rate <= rate;
    long arrival = cutsThrough ? Math.min(whole, duration(cutThroughBytes, rate)) : whole;
    return arrival + propagation + processing;
  }

  private long arrivalOfWhole(int frameBytes) {
    return duration(Math.max(frameBytes, SHORTEST_FRAME) + PREAMBLE_AND_DELIMITER, rate);
  }

  /** Bytes at a rate in Mbit/s, in ns, rounded up. */
  public static long duration(long bytes, long rate) {
    return Math.ceilDiv(bytes * 8 * 1000, rate);
  }
}
