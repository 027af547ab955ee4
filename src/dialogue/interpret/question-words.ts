/** How a sentence shows that it asks for something rather than says what is wanted. */
const questions =
  /[?？]\s*$|^\s*(?:and |so |but |ok(?:ay)? |oh )?(?:does|do|did|is|are|was|has|have|can|could|will|would|what|which|when|where|who|how)\b|吗|呢|多少|多久|多长|几|什么|哪|有没有|是不是|能不能/iu;

export function asks(text: string): boolean {
  return questions.test(text);
}
