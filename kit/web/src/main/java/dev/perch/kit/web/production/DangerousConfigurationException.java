package dev.perch.kit.web.production;

import java.util.List;
import java.util.stream.Collectors;

/** Stops the start; lists every danger. */
final class DangerousConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DangerousConfigurationException(List<Danger> dangers) {
    super(
        dangers.stream()
            .map(Danger::toString)
            .collect(
                Collectors.joining(
                    "\n  ", "perch.mode is production and this is not safe:\n  ", "")),
        null,
        false,
        false);
  }
}
