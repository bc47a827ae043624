package dev.perch.kit.alarms;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Catalogue;
import dev.perch.kit.outbox.StateSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The active alarms of this service, for the state audit of the shared topic. */
@ApplicationScoped
class AlarmStates implements StateSource {
  private final AlarmBook book;
  private final String own;

  AlarmStates(AlarmBook book, @ConfigProperty(name = "perch.service") String service) {
    this.book = book;
    own = service + "/";
  }

  @Override
  public Aggregate aggregate() {
    return Catalogue.ALARMS;
  }

  @Override
  public boolean owns(String key) {
    return key.startsWith(own);
  }

  @Override
  public List<Version> versions(@Nullable String after, int limit) {
    try {
      return book.versions(after, limit);
    } catch (SQLException e) {
      throw new IllegalStateException("alarms cannot be read", e);
    }
  }

  @Override
  public Set<String> republish(List<String> keys) {
    try {
      return book.republish(keys);
    } catch (SQLException e) {
      throw new IllegalStateException("alarms cannot be read", e);
    }
  }
}
