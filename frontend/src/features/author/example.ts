/** A pathway as small as it gets, to begin from. */
export const EXAMPLE = `format: 1
slug: bake-bread
title: Bake good bread
summary: From your first loaf to one that you would give away.
audience: Anyone with an oven and a free Sunday.
duration: A few weekends.
beyond: There is always another flour to try.

track_guidance: One track for now.
tracks:
  - key: wheat
    title: Wheat
    summary: Light loaves with a thin crust.
    suits: You have never baked.

industries:
  - {key: bakeries, title: Bakeries}

roles:
  - key: home-baker
    title: Home baker
    summary: Bakes for family and friends.
    weights: {first-loaf: 1, sourdough-loaf: 3}

stages:
  - key: basics
    title: Basics
    summary: Flour, water, salt, yeast and patience.
    milestones:
      - key: first-loaf
        title: Your first loaf
        kind: project
        summary: One plain loaf, start to finish.
        effort_hours: 4
        verified_by: self
        steps:
          - Weigh everything on a scale.
        done_when:
          - You have eaten a slice of it.

      - key: sourdough-loaf
        title: A sourdough loaf
        kind: project
        summary: Well risen, well baked.
        effort_hours: 10
        verified_by: mentor
        prerequisites: [first-loaf]
        steps:
          - Bake the same recipe three times.
        done_when:
          - The last loaf is the best.
        rubric:
          - key: crumb
            title: Crumb
            looks_for: Even holes and no raw streak.
`;
