/**
 * Certificates as Secrets of Kubernetes clusters.
 *
 * <p>{@link dev.perch.certmon.kubernetes.SecretPublisher} writes them and proves that they are
 * there; {@link dev.perch.certmon.kubernetes.SecretWatch} tells when one has changed.
 */
@NullMarked
package dev.perch.certmon.kubernetes;

import org.jspecify.annotations.NullMarked;
