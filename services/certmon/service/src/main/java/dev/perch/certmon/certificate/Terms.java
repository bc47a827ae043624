package dev.perch.certmon.certificate;

import dev.perch.contract.certmon.Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a certificate is issued and renewed.
 *
 * @param alarmBefore null for the service's setting
 */
public record Terms(
    List<Certificate.Usage> usages,
    Duration life,
    Certificate.KeyPolicy key,
    Certificate.Renewal renewal,
    @Nullable Duration alarmBefore) {

  public Terms {
    usages = List.copyOf(usages);
  }
}
