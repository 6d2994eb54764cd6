/** What people say after a film, by stars from 1 to 5. `{genre}` and `{a genre}` stand for its kind. */
export const FEELINGS: readonly (readonly string[])[] = [
  [
    'I could not wait for it to end; two hours I will never get back.',
    'I expected {a genre} and got a mess. I would not wish it on anybody.',
    'Dreadful. I only stayed because I had paid for the popcorn.',
    'I feel cheated: nothing in this {genre} made sense to me.',
    'I disliked every minute of it, and I am still annoyed.',
    'As {genre}s go, this is the worst I have seen in a long time.',
  ],
  [
    'I was bored for most of it; a weak {genre}.',
    'Some scenes were fine, but on the whole I was let down.',
    'I kept looking at the clock. This {genre} was not for me.',
    'I wanted to like it more than I did. Thin story, tired jokes.',
    'Not terrible, but I am sure I will have forgotten it by tomorrow.',
    'I had hoped for a better {genre} than this.',
  ],
  [
    'It was all right: {a genre} like many others.',
    'I was entertained, no more and no less.',
    'A decent {genre}; I would not watch it twice.',
    'Parts of it worked for me, others did not. Fair enough.',
    'I passed a pleasant evening with it, but it left no mark on me.',
    'It had its moments, and I do not regret watching it.',
  ],
  [
    'I enjoyed this {genre} a good deal more than I expected.',
    'Well made and well played; I was drawn in from the start.',
    'I had a very good time. A fine {genre}.',
    'It stayed with me on the way home, and I keep thinking about the ending.',
    'I liked it a lot and will tell my friends about it.',
    'Just the kind of {genre} I was in the mood for.',
  ],
  [
    'I loved it: the best {genre} I have seen in years.',
    'I laughed, I cried, and I want to see it again at once.',
    'Perfect from the first scene to the last. I am still under its spell.',
    'This is what {a genre} should be. I am deeply moved.',
    'A masterpiece. I did not want it to end.',
    'I am thrilled; I will be talking about this one for weeks.',
  ],
];
