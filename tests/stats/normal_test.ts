import assert from "node:assert/strict";
import { normalCdf, normalInverse, normalPdf, twoSidedNormal } from "../../src/stats/normal.ts";
import { studentCdf, studentInverse, studentPdf, twoSidedStudent } from "../../src/stats/student.ts";
import { assertClose } from "../close_to.ts";

// Reference values: scipy 1.17.1 norm and t.
Deno.test("the normal distribution matches scipy", () => {
  assertClose(normalCdf(1.96), 0.9750021048517795, 1e-15);
  assertClose(normalCdf(-6), 9.865876450376946e-10, 1e-15);
  assertClose(normalPdf(0.3), 0.3813878154605241, 1e-15);
  assertClose(normalCdf(-30) / 4.906713927148187e-198, 1, 1e-12); // tails keep their digits
  assertClose(normalInverse(0.975), 1.959963984540054, 1e-15);
  assertClose(normalInverse(1e-10), -6.361340902404056, 1e-14);
  assertClose(normalInverse(1e-300), -37.0470962993612, 1e-11);
  assert.equal(normalInverse(0.5), 0);
  assertClose(twoSidedNormal(1.959963984540054), 0.05, 1e-14);
  assert.equal(twoSidedNormal(0), 1);
  assert.throws(() => normalInverse(0), /in \(0, 1\): current value is 0/);
});

Deno.test("Student's t matches scipy", () => {
  assertClose(studentCdf(2.228139, 10), 0.9750000062735588, 1e-15);
  assertClose(studentCdf(-30, 5), 3.8593243102480265e-07, 1e-20);
  assertClose(studentPdf(0.5, 5), 0.32791853132274645, 1e-15);
  assertClose(studentInverse(0.975, 10), 2.228138851986274, 1e-14);
  assertClose(studentInverse(1e-10, 30), -9.377489780407144, 1e-13);
  assertClose(twoSidedStudent(2.228138851986274, 10), 0.05, 1e-15);
  assert.throws(() => studentCdf(1, 0), /degrees of freedom must be > 0/);
});
