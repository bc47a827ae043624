package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clocks; their offsets are measurements.
 *
 * @param source the clock source in use: tsc
 * @param sources those there are
 * @param timezone Europe/Berlin
 * @param synchronised does the kernel hold the clock to be set by one of them? (adjtimex)
 * @param services running programs that set clocks: chronyd, ptp4l, phc2sys
 * @param ptpClocks PTP hardware clocks, by index
 * @param realTimeClock is there a clock that runs without power?
 * @param unknown what could not be found out, by field, and why
 */
public record TimeFacts(
    @Nullable String source,
    List<String> sources,
    @Nullable String timezone,
    @Nullable Boolean synchronised,
    List<String> services,
    List<PtpClock> ptpClocks,
    boolean realTimeClock,
    Map<String, String> unknown)
    implements Facts {

  public TimeFacts {
    sources = List.copyOf(sources);
    services = List.copyOf(services);
    ptpClocks = List.copyOf(ptpClocks);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.TIME;
  }

  /**
   * A PTP hardware clock.
   *
   * @param index n of /dev/ptpn
   * @param name the driver's name for it
   * @param maxAdjustment parts per billion
   * @param alarms programmable alarms
   * @param externalTimestamps inputs that can be stamped
   * @param periodicOutputs outputs it can drive
   * @param pins programmable pins
   * @param pps does it tick for the kernel?
   * @param interfaces interfaces it belongs to
   */
  public record PtpClock(
      int index,
      String name,
      @Nullable Long maxAdjustment,
      @Nullable Integer alarms,
      @Nullable Integer externalTimestamps,
      @Nullable Integer periodicOutputs,
      @Nullable Integer pins,
      boolean pps,
      List<String> interfaces) {

    public PtpClock {
      interfaces = List.copyOf(interfaces);
    }
  }
}
