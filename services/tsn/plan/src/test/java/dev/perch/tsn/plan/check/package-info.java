@NullMarked
package dev.perch.tsn.plan.check;

import org.jspecify.annotations.NullMarked;
