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

/** How a question asks for a thing of some kind, rather than about it: "anything with a pool?", 有没有带泳池的. */
const forSuch =
  /\b(?:any(?:thing|one)?|something|one|ones)\b(?=.{0,20}\b(?:with|in|by|near|that|which|direct|non|auto|electric|for)\b)|\b(?:only|just)\b|\b(?:could|can|may) (?:i|we|you) (?:please )?(?:see|have|get|show|filter|find)\b|(?:有没有|有|来|要|换).{1,12}的(?:吗|么|没有|嘛)?\s*[?？]?$/iu;

export function asksForSuch(text: string): boolean {
  return forSuch.test(text);
}
