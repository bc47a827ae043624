@NullMarked
package dev.perch.bench.soak;

import org.jspecify.annotations.NullMarked;
