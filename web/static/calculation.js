// Works out the calculated fields, in /CO order, as pipeline/model/calculation.py does.

import { ZERO, compare, decimalOf, negated, plain, product, quotient, rounded, sum } from "./decimals.js";

const UNFORMATTED_DECIMALS = 6;

/**
 * `rules` by name, `order` and `names` (all fields of the form) as the page's data give them.
 * Changes `values` (raw values by name): an empty result takes the name out.
 */
export function recalculate(rules, order, names, values) {
  for (const name of order) {
    const rule = rules.get(name);
    if (!rule?.calculation) continue;
    const result = resultOf(rule.calculation, values, names);
    if (result === null) delete values[name];
    else values[name] = plain(rounded(result, decimalsKept(rule.format)));
  }
}

/** null where no operand is filled or the calculation divides by zero. */
export function resultOf(calculation, values, names) {
  if (calculation.kind === "simple") {
    const operands = calculation.fields.flatMap((asked) => below(asked, names)).map((name) => values[name]);
    return operands.some(isAnswered) ? simple(calculation.operation, operands.map(number)) : null;
  }
  if (!namesIn(calculation.expression).some((name) => isAnswered(values[name]))) return null;
  return evaluate(calculation.expression, values);
}

function below(asked, names) {
  const found = names.filter((name) => name.startsWith(`${asked}.`));
  return found.length ? found : [asked];
}

function isAnswered(value) {
  return !(value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length));
}

function number(value) {
  return (typeof value === "string" && decimalOf(value.replaceAll(",", "."))) || ZERO;
}

function simple(operation, numbers) {
  switch (operation) {
    case "PRD":
      return numbers.reduce(product);
    case "MIN":
      return numbers.reduce((a, b) => (compare(b, a) < 0 ? b : a));
    case "MAX":
      return numbers.reduce((a, b) => (compare(b, a) > 0 ? b : a));
    default: {
      const total = numbers.reduce(sum, ZERO);
      return operation === "AVG" ? quotient(total, { digits: BigInt(numbers.length), scale: 0 }) : total;
    }
  }
}

function namesIn(expression) {
  if (Array.isArray(expression)) return [...namesIn(expression[1]), ...namesIn(expression[2])];
  return "field" in expression ? [expression.field] : [];
}

function evaluate(expression, values) {
  if (!Array.isArray(expression)) {
    return "field" in expression ? number(values[expression.field]) : decimalOf(expression.number);
  }
  const left = evaluate(expression[1], values);
  const right = evaluate(expression[2], values);
  if (left === null || right === null) return null;
  switch (expression[0]) {
    case "+":
      return sum(left, right);
    case "-":
      return sum(left, negated(right));
    case "*":
      return product(left, right);
    default:
      return quotient(left, right);
  }
}

function decimalsKept(format) {
  if (format?.kind === "number") return format.decimals;
  return format?.kind === "percent" ? format.decimals + 2 : UNFORMATTED_DECIMALS;
}
