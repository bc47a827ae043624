package dev.perch.cli.certificate;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "clusters",
    description = "Kubernetes clusters that certificates are published to.",
    footer = {
      "  perch clusters list",
      "  perch clusters create north-1 --server https://k8s.edge.example:6443 --anchors ca.pem"
          + " --token-file token"
    })
public final class ClustersCommand extends Noun {
  public ClustersCommand() {
    verb("list", ListClusters.class);
    verb("get", GetCluster.class);
    verb("create", CreateCluster.class);
    verb("set", SetCluster.class);
    verb("check", CheckCluster.class);
    verb("delete", DeleteCluster.class);
  }
}
