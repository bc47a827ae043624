package dev.perch.tsn.plan.check;

import org.jspecify.annotations.Nullable;

/** Something that is wrong with a plan. */
public sealed interface Flaw {
  /** The stream it is about; null if it is about a port alone. */
  default @Nullable String stream() {
    return null;
  }

  /** The link it is about; null if it is about a stream alone. */
  default @Nullable String link() {
    return null;
  }

  /** When, ns after the start of an interval; 0 where no instant is meant. */
  default long at() {
    return 0;
  }

  /** One sentence with the figures. */
  String message();

  /** A stream that has a place according to the planner, but none in the plan. */
  record Missing(String stream) implements Flaw {
    @Override
    public String message() {
      return "stream " + stream + " is not in the plan";
    }
  }

  /** A stream in the plan that nobody asked for, or that was refused. */
  record Unknown(String stream) implements Flaw {
    @Override
    public String message() {
      return "stream " + stream + " is in the plan, but was not asked for";
    }
  }

  /** Its links do not make a tree from the talker to the listeners. */
  record BrokenTree(String stream, @Nullable String link, String problem) implements Flaw {
    @Override
    public String message() {
      return "stream " + stream + ": " + problem;
    }
  }

  /** Two seamless trees share a link (802.1CB). */
  record SharedLink(String stream, String link) implements Flaw {
    @Override
    public String message() {
      return "seamless trees of stream " + stream + " share link " + link;
    }
  }

  /** Not one start for each frame of the interval. */
  record FrameCount(String stream, String link, int asked, int found) implements Flaw {
    @Override
    public String message() {
      return "stream %s has %d frames an interval, but %d starts on %s"
          .formatted(stream, asked, found, link);
    }
  }

  /** The queue carries other traffic. */
  record WrongQueue(String stream, String link, int queue) implements Flaw {
    @Override
    public String message() {
      return "queue %d of %s is not time-triggered; stream %s uses it"
          .formatted(queue, link, stream);
    }
  }

  /** The talker cannot start at this moment. */
  record OffTick(String stream, String link, long at, long tick) implements Flaw {
    @Override
    public String message() {
      return "stream %s starts at %d ns on %s, no multiple of %d ns"
          .formatted(stream, at, link, tick);
    }
  }

  /** The talker starts outside the offsets it can meet. */
  record OutsideOffsets(String stream, String link, long at, long earliest, long latest)
      implements Flaw {
    @Override
    public String message() {
      return "stream %s starts at %d ns on %s, asked for %d to %d ns"
          .formatted(stream, at, link, earliest, latest);
    }
  }

  /** A transmission starts before the frame can be there. */
  record TooEarly(String stream, String link, long at, long earliest) implements Flaw {
    @Override
    public String message() {
      return "stream %s starts at %d ns on %s, but is there at %d ns at the earliest"
          .formatted(stream, at, link, earliest);
    }
  }

  /** Two reservations of one port overlap. */
  record Collision(String stream, String other, String link, long at, long overlap)
      implements Flaw {
    @Override
    public String message() {
      return "streams %s and %s both have %s at %d ns, for %d ns"
          .formatted(stream, other, link, at, overlap);
    }
  }

  /** A frame would leave a queue before another that came first. */
  record Overtaking(String stream, String other, String link, int queue, long at) implements Flaw {
    @Override
    public String message() {
      return "in queue %d of %s stream %s leaves at %d ns, before %s that may come first"
          .formatted(queue, link, stream, at, other);
    }
  }

  /** A listener gets a frame later than its bound. */
  record TooLate(String stream, String link, long at, long latency, long bound) implements Flaw {
    @Override
    public String message() {
      return "stream %s takes %d ns to the end of %s, bound %d ns"
          .formatted(stream, latency, link, bound);
    }
  }

  /** The latencies at a listener differ by more than the bound. */
  record TooMuchJitter(String stream, String link, long jitter, long bound) implements Flaw {
    @Override
    public String message() {
      return "latencies of stream %s at the end of %s differ by %d ns, bound %d ns"
          .formatted(stream, link, jitter, bound);
    }
  }

  /** A port sends time-triggered frames, but has no gate list. */
  record NoGates(String link) implements Flaw {
    @Override
    public String message() {
      return link + " has time-triggered frames, but no gate list";
    }
  }

  /** A gate list that the device cannot take. */
  record GateLimit(String link, String what, long found, long allowed) implements Flaw {
    @Override
    public String message() {
      return "%s: %s is %d, allowed %d".formatted(link, what, found, allowed);
    }
  }

  /** A gate list that is none of this network, port or plan. */
  record BrokenGates(String link, String problem) implements Flaw {
    @Override
    public String message() {
      return "gate list of " + link + ": " + problem;
    }
  }

  /** With these gates a frame does not leave when the plan says. */
  record Strayed(String stream, String link, long at, long by) implements Flaw {
    @Override
    public String message() {
      return "stream %s is planned on %s for %d ns, the gates send it %d ns %s"
          .formatted(stream, link, at, Math.abs(by), by < 0 ? "early" : "late");
    }
  }

  /** With these gates frames never get over a link. */
  record Lost(String stream, String link, long frames) implements Flaw {
    @Override
    public String message() {
      return "%d frames of stream %s never get over %s".formatted(frames, stream, link);
    }
  }

  /** A stream takes longer than the plan itself says. */
  record BrokenPromise(String stream, long promised, long takes) implements Flaw {
    @Override
    public String message() {
      return "stream %s takes %d ns, the plan says %d ns".formatted(stream, takes, promised);
    }
  }

  /** Gates of two ports move at the same moment, and one timer of the device moves both. */
  record SameMoment(String link, String other, long at) implements Flaw {
    @Override
    public String message() {
      return "gates of %s and %s both move at %d ns; their device moves one port at a time"
          .formatted(link, other, at);
    }
  }

  /** Cycles of two ports drift against each other, and one timer of the device moves both. */
  record UnrelatedCycles(String link, String other, long cycle, long otherCycle) implements Flaw {
    @Override
    public String message() {
      return "the cycles of %s, %d ns, and %s, %d ns, must be multiples of each other"
          .formatted(link, cycle, other, otherCycle);
    }
  }
}
