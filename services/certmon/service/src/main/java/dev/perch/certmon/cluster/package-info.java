/** Kubernetes clusters: how they are reached, and whether they answer. */
@NullMarked
package dev.perch.certmon.cluster;

import org.jspecify.annotations.NullMarked;
