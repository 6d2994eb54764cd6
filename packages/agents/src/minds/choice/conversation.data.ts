/** What people say to one another about films. `{film}` stands for the title, or for two titles. */

export type Mood = 'liked' | 'mixed' | 'disliked';
type ByMood = { readonly [M in Mood]: readonly string[] };

export const OPENINGS: ByMood = {
  liked: [
    'Hey, I just saw {film} and I really enjoyed it. You should give it a try.',
    'Have you seen {film} yet? I thought it was great.',
    'You have to watch {film}; it was right up my street.',
    'I have been meaning to tell you about {film}. Loved it.',
    'Finally got round to {film}, and it was worth the wait.',
    'Guess what I watched: {film}. Such a good choice for once.',
  ],
  mixed: [
    'I watched {film} the other day. Not bad, not great.',
    'Do you know {film}? I cannot make up my mind about it.',
    'I saw {film}. It passes the time, I suppose.',
    'So, {film}: some good scenes, but I expected more.',
  ],
  disliked: [
    'Whatever you do, do not bother with {film}.',
    'I wasted an evening on {film}. What were they thinking?',
    'I saw {film} and was quite disappointed.',
    'Did you hear people praise {film}? I could not stand it.',
  ],
};

export const REPLIES: ByMood = {
  liked: [
    'Noted! I can recommend {film} in return.',
    'Sounds good. My latest find is {film}; I liked it very much.',
    'Speaking of which, {film} was a real pleasure.',
    'If you have an evening free, take {film}.',
    'I am still thinking about {film}. Wonderful.',
  ],
  mixed: [
    'I see. I watched {film} lately and thought it was just okay.',
    'My last one was {film}; I am in two minds about it.',
    'Hm. {film} was fine for a rainy evening.',
  ],
  disliked: [
    'Good to know. Stay away from {film}, by the way.',
    'I had no such luck: {film} bored me to tears.',
    'Then do not do what I did and sit through {film}.',
  ],
};

/** The other one has seen the same film. */
export const SECOND_OPINIONS: ByMood = {
  liked: [
    'Oh, I have seen {film} too, and I loved it.',
    'Yes! {film} is one of my favourites of late.',
    'I know {film}. A very good one, if you ask me.',
  ],
  mixed: ['I watched {film} as well. It was all right.', '{film}? I know it; nothing special.'],
  disliked: ['I have seen {film} too, and I did not like it at all.', 'Really? {film} was not for me.'],
};

export const QUESTIONS: readonly string[] = [
  'Seen anything good lately? I am looking for something to watch.',
  'I have no idea what to watch tonight. Any tips?',
  'What was the last film that you enjoyed?',
  'You always know good films. What should I see next?',
];

export const SMALL_TALK: readonly string[] = [
  'I have not watched anything for ages. How have you been?',
  'Nothing new from me; work keeps me busy.',
  'We should go to the pictures together some time.',
  'I must look for a film for the weekend.',
];

export const CLOSINGS: readonly string[] = [
  'Thanks, I will keep that in mind.',
  'Good talking to you; let us compare notes next week.',
  'I will have a look. Take care!',
  'Funny how tastes differ. See you soon.',
  'All right, that goes on my list.',
];

export const POSTS: ByMood = {
  liked: [
    'Tonight: {film}. Warmly recommended to all of you!',
    'Film tip of the week: {film}. I had a great time.',
    'Just watched {film}. If you get the chance, see it.',
    'I cannot stop thinking about {film}. So good.',
    'Five minutes into {film} I knew I was going to like it.',
  ],
  mixed: [
    'Watched {film}. It was okay, I guess. What did you think?',
    'My verdict on {film}: see it if nothing else is on.',
    '{film}: half good, half forgettable.',
  ],
  disliked: [
    'A word of warning: {film} is not worth your evening.',
    'I really do not see what people find in {film}.',
    'Watched {film}, want my two hours back.',
  ],
};
