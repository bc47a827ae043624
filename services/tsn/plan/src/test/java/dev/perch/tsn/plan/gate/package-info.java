@NullMarked
package dev.perch.tsn.plan.gate;

import org.jspecify.annotations.NullMarked;
