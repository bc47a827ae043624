package dev.perch.certmon.secret;

import dev.perch.certmon.kubernetes.Failure;
import dev.perch.certmon.kubernetes.SecretListener;
import dev.perch.certmon.kubernetes.SecretName;
import dev.perch.certmon.kubernetes.WatchedSecret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a watch of a namespace told since it was last asked: of each Secret the newest only. */
final class Heard implements SecretListener {
  private static final Logger LOG = LoggerFactory.getLogger(Heard.class);
  private static final String GONE = "";

  private final String cluster;
  private final String namespace;
  private Map<String, String> versions = new HashMap<>();
  private boolean isAll;
  private boolean interrupted;

  Heard(String cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /**
   * Versions of Secrets by name; empty for one that is gone.
   *
   * @param isAll whether what is not among them is gone
   */
  record News(Map<String, String> versions, boolean isAll) {
    News {
      versions = Map.copyOf(versions);
    }
  }

  /** Null if nothing was told. */
  synchronized @Nullable News next() {
    if (versions.isEmpty() && !isAll) {
      return null;
    }
    News news = new News(versions, isAll);
    versions = new HashMap<>();
    isAll = false;
    return news;
  }

  /** They could not be used; what was told since is newer. */
  synchronized void again(News news) {
    if (!isAll) {
      news.versions().forEach(versions::putIfAbsent);
      isAll = news.isAll();
    }
  }

  @Override
  public synchronized void listed(List<WatchedSecret> secrets) {
    versions = new HashMap<>();
    secrets.forEach(secret -> versions.put(secret.name().name(), secret.resourceVersion()));
    isAll = true;
    interrupted = false;
  }

  @Override
  public synchronized void changed(WatchedSecret secret) {
    versions.put(secret.name().name(), secret.resourceVersion());
  }

  @Override
  public synchronized void deleted(SecretName name) {
    versions.put(name.name(), GONE);
  }

  /** Said once: it goes on trying, and whoever publishes says what is wrong with the cluster. */
  @Override
  public synchronized void interrupted(Failure failure) {
    if (!interrupted) {
      interrupted = true;
      LOG.atWarn()
          .addKeyValue("cluster", cluster)
          .addKeyValue("namespace", namespace)
          .addKeyValue("reason", failure.detail())
          .log("Changes of Secrets are not seen");
    }
  }
}
