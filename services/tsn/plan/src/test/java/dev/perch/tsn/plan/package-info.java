@NullMarked
package dev.perch.tsn.plan;

import org.jspecify.annotations.NullMarked;
