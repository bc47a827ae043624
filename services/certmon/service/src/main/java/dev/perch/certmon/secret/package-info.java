/** Certificates as Secrets of Kubernetes clusters. */
@NullMarked
package dev.perch.certmon.secret;

import org.jspecify.annotations.NullMarked;
