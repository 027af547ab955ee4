/** How a sentence shows that it asks for something rather than says what is wanted. */
const questions =
  /[?？]\s*$|^\s*(?:and |so |but |ok(?:ay)? |oh )?(?:does|do|did|is|are|was|has|have|can|could|will|would|what(?! about)|which|when|where|who|how(?! about))\b|吗|呢|多少|多久|多长|几|什么|哪|有没有|是不是|能不能/iu;

/** How a sentence asks about a thing that it names, rather than takes it: "what's the museum tour like?", 那个怎么样. */
const aboutIt =
  /^\s*(?:and |so |but |ok(?:ay)? |oh |hmm+,? )?(?:does|do|did|is|are|was|has|what(?! about)|which|when|where|who|how(?! about)|tell me)\b|怎么样|如何|好不好|好吗|多少|多久|多长|几点|什么时候|有没有|是不是|介绍/iu;

export function asksAboutIt(text: string): boolean {
  return aboutIt.test(text);
}

export function asks(text: string): boolean {
  return questions.test(text);
}
