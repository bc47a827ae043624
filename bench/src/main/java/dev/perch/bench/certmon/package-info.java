/** Certificates and where they are published, with and without a Perch that runs. */
@NullMarked
package dev.perch.bench.certmon;

import org.jspecify.annotations.NullMarked;
